namespace ImgApi.Tests.Unit.Domain.Values;

[TestFixture]
internal sealed class UuidTests
{
    [TestCase("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", true)]
    [TestCase("00000000-0000-0000-0000-000000000000", true)]
    [TestCase("AAAAAAAA-aaaa-4aaa-8aaa-aaaaaaaaaaaa", true)]
    [TestCase("aaaaaaaaaaaa4aaa8aaaaaaaaaaaaaaa", false)]
    [TestCase("{aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa}", false)]
    [TestCase("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa\n", false)]
    [TestCase("gaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("+aaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("0xaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("aaaaaaaa-aaaa-4aaa-+aaa-aaaaaaaaaaaa", false)]
    [TestCase("..", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void A_uuid_is_36_characters_in_either_case(string? text, bool valid)
    {
        Assert.That(Uuid.TryParse(text, out var uuid), Is.EqualTo(valid));
        Assert.That(uuid.ToString(), Is.EqualTo(valid ? text!.ToLowerInvariant() : Uuid.Zero.ToString()));
    }

    [Test]
    public void Uuids_have_the_order_of_their_texts()
    {
        var uuids = Enumerable.Range(0, 200).Select(_ => Uuid.New()).ToArray();
        Assert.That(uuids.Order().Select(uuid => uuid.ToString()), Is.EqualTo(uuids.Select(uuid => uuid.ToString()).Order(StringComparer.Ordinal)));
    }
}
