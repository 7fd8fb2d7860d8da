using System.Buffers;
using AutoMapper;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Api.Mapping;

/// <summary>How long the text of a list is kept.</summary>
[TestFixture]
internal sealed class ListTextsTests
{
    private static readonly IMapper Mapper = new MapperConfiguration(
        mapping => mapping.AddMaps(typeof(ImageToManifestProfile).Assembly), NullLoggerFactory.Instance).CreateMapper();

    [Test]
    public void A_list_is_kept_from_the_second_time_on()
    {
        var texts = Texts(long.MaxValue);
        var list = SomeList();
        Assert.That(texts.Of(list, ManifestForm.Plain).Kept, Is.Null);
        var whole = texts.Of(list, ManifestForm.Plain).Kept!.Whole;
        Assert.That(whole.Length, Is.EqualTo(texts.Of(list, ManifestForm.Plain).Length));
        Assert.That(texts.Of(list, ManifestForm.Plain).Kept!.Whole, Is.EqualTo(whole));
    }

    [Test]
    public void Newer_texts_take_the_place_of_the_oldest_for_good()
    {
        var (first, second, third) = (SomeList(), SomeList(), SomeList());
        var texts = Texts(2 * LengthOf(first));
        Array.ForEach([first, second, third], list => AskTwice(texts, list));

        Assert.That(texts.Of(first, ManifestForm.Plain).Kept, Is.Null);
        Assert.That(texts.Of(second, ManifestForm.Plain).Kept, Is.Not.Null);
        Assert.That(texts.Of(third, ManifestForm.Plain).Kept, Is.Not.Null);
    }

    [Test]
    public void Forms_of_one_list_count_each()
    {
        var list = SomeList();
        var texts = Texts(LengthOf(list) * 3 / 2);
        AskTwice(texts, list);
        AskTwice(texts, list, ManifestForm.Channels);

        Assert.That(texts.Of(list, ManifestForm.Plain).Kept, Is.Null);
        Assert.That(texts.Of(list, ManifestForm.Channels).Kept, Is.Not.Null);
    }

    [Test]
    public void A_text_takes_memory_until_it_is_sent()
    {
        var (sent, next) = (SomeList(), SomeList());
        var texts = Texts(LengthOf(sent));
        AskTwice(texts, sent);
        var text = texts.Of(sent, ManifestForm.Plain).Kept!;

        text.BeginSending();
        AskTwice(texts, next);
        Assert.That(texts.Of(next, ManifestForm.Plain).Kept, Is.Null);

        text.EndSending();
        var last = SomeList();
        AskTwice(texts, last);
        Assert.That(texts.Of(last, ManifestForm.Plain).Kept, Is.Not.Null);
    }

    [Test]
    public void What_is_not_kept_has_the_same_etag_length_and_items()
    {
        var list = SomeList();
        var (kept, dropped) = (Texts(long.MaxValue), Texts(0));
        AskTwice(kept, list);
        AskTwice(dropped, list);

        var (whole, rest) = (kept.Of(list, ManifestForm.Plain), dropped.Of(list, ManifestForm.Plain));
        Assert.That(rest.Kept, Is.Null);
        Assert.That((rest.Etag, rest.Length), Is.EqualTo((whole.Etag, whole.Length)));
        Assert.That(Written(dropped.ItemsOf(list, ManifestForm.Plain)), Is.EqualTo(whole.Kept!.Whole.ToArray()));
    }

    private static ListTexts Texts(long most) => new(new ImageTexts(Mapper, new ServerRules())) { Kept = new KeptTexts(most) };

    private static Image[] SomeList() => [new ImageBuilder().Build(), new ImageBuilder().Build()];

    private static long LengthOf(Image[] list) => Texts(0).Of(list, ManifestForm.Plain).Length;

    private static byte[] Written(IEnumerable<byte[]> items)
    {
        var target = new ArrayBufferWriter<byte>();
        foreach (var item in items)
        {
            ListJson.WriteBefore(target, isFirst: target.WrittenCount == 0);
            ListJson.WritePart(target, item);
        }

        ListJson.WriteEnd(target, isEmpty: target.WrittenCount == 0);
        return target.WrittenSpan.ToArray();
    }

    private static void AskTwice(ListTexts texts, Image[] list, ManifestForm form = ManifestForm.Plain)
    {
        texts.Of(list, form);
        texts.Of(list, form);
    }
}
