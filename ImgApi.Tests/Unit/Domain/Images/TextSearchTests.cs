using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.Images;

/// <summary>The search by words.</summary>
[TestFixture]
internal sealed class TextSearchTests
{
    private static readonly Image Image = new ImageBuilder().Named("web").WithUuid("43ca32a1-0000-4000-8000-000000000000")
        .With(details => details with { Version = "1.2", Description = "Serves pages", Tags = JsonElement.Parse("""{"role":"proxy"}""") }).Build();

    [TestCase("WEB")]
    [TestCase("1.2")]
    [TestCase("43ca32a1")]
    [TestCase("pages serves")]
    [TestCase("proxy")]
    [TestCase("smartos web")]
    [TestCase("  ")]
    public void An_image_is_found_by_words_in_any_case(string text) => Assert.That(TextSearch.FindsAll(TextSearch.Words(text), Image), Is.True);

    [TestCase("web database")]
    [TestCase("servesp")]
    public void An_image_without_one_of_the_words_is_not_found(string text) => Assert.That(TextSearch.FindsAll(TextSearch.Words(text), Image), Is.False);

    [Test]
    public void Long_tags_are_copied_once_for_all_words()
    {
        var tags = JsonSerializer.SerializeToElement(new { text = "abcdefghij" + new string('x', 80_000) });
        var image = new ImageBuilder().With(details => details with { Tags = tags }).Build();
        var words = TextSearch.Words("a b c d e f g h i j");
        var before = GC.GetAllocatedBytesForCurrentThread();
        TextSearch.FindsAll(words, image);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2 * 2 * 80_000));
    }

    [Test]
    public async Task A_text_that_is_too_long_is_refused()
    {
        var refusal = await Refusal.Of(() => Task.FromResult(TextSearch.Words(new string('a', TextSearch.MaxLength + 1))));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.InvalidParameter));
    }
}
