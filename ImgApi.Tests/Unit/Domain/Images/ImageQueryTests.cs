namespace ImgApi.Tests.Unit.Domain.Images;

/// <summary>Queries are keys of caches, so they are compared by value.</summary>
[TestFixture]
internal sealed class ImageQueryTests
{
    private static readonly ImageQuery Other = new()
    {
        State = StateFilter.All,
        Name = "name",
        Version = "1",
        Os = "smartos",
        Type = "lx",
        Words = ["word"],
        Origin = Uuid.Zero,
        Owner = "owner",
        Public = true,
        Channel = "dev",
        Tags = [KeyValuePair.Create("key", "value")],
        BillingTags = ["billing"],
        Account = "account",
        HidesPrivate = true,
        Descending = true,
        Marker = new ListMarker.AtImage(Uuid.Zero),
        Limit = 5,
    };

    private static IEnumerable<string> Properties => typeof(ImageQuery).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    [TestCaseSource(nameof(Properties))]
    public void Queries_that_differ_in_one_property_are_not_equal(string name)
    {
        var (query, property) = (new ImageQuery(), typeof(ImageQuery).GetProperty(name)!);
        property.SetValue(query, property.GetValue(Other));
        Assert.That(query, Is.Not.EqualTo(new ImageQuery()));
    }

    [Test]
    public void Queries_with_the_same_content_are_equal()
    {
        var same = Other with { Words = [.. Other.Words], Tags = [.. Other.Tags], BillingTags = [.. Other.BillingTags], Marker = new ListMarker.AtImage(Uuid.Zero) };
        Assert.That((same, same.GetHashCode()), Is.EqualTo((Other, Other.GetHashCode())));
    }
}
