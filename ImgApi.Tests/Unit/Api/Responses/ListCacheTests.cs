using System.Buffers;
using AutoMapper;
using ImgApi.Api.Mapping;
using ImgApi.Api.Responses;
using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Unit.Api.Responses;

/// <summary>Which lists are cached, and how much memory they take.</summary>
[TestFixture]
internal sealed class ListCacheTests
{
    private static readonly ImageQuery First = new() { Name = "first" };
    private static readonly ImageQuery Second = new() { Name = "second" };
    private static readonly ImageQuery Third = new() { Name = "third" };

    private static readonly ImageList List = new([new ImageBuilder().Build(), new ImageBuilder().Build()], 7);

    private static readonly IMapper Mapper = new MapperConfiguration(
        mapping => mapping.AddMaps(typeof(ImageToManifestProfile).Assembly), NullLoggerFactory.Instance).CreateMapper();

    private static long Length => Cache(0).Of(First, List, ManifestForm.Plain).Length;

    private static ListCache Cache(long max) => new(new ManifestCache(Mapper, new ServerRules())) { MaxBytes = max };

    private static CachedList AskTwice(ListCache cache, ImageQuery query, ManifestForm form = ManifestForm.Plain, ImageList? list = null)
    {
        cache.Of(query, list ?? List, form);
        return cache.Of(query, list ?? List, form);
    }

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

    [Test]
    public void The_json_of_a_list_is_not_kept_at_the_first_request() =>
        Assert.That(Cache(long.MaxValue).Of(First, List, ManifestForm.Plain).Json, Is.Null);

    [Test]
    public void The_json_of_a_list_is_kept_from_the_second_request_on()
    {
        var cache = Cache(long.MaxValue);
        var json = AskTwice(cache, First).Json!.Value;
        Assert.That(json.Length, Is.EqualTo(Length));
        Assert.That(cache.Of(First, List, ManifestForm.Plain).Json, Is.EqualTo(json));
    }

    [Test]
    public void An_equal_query_finds_the_cached_list()
    {
        var cache = Cache(long.MaxValue);
        var list = cache.Of(First with { Tags = [KeyValuePair.Create("a", "b")] }, List, ManifestForm.Plain);
        Assert.That(cache.Of(First with { Tags = [KeyValuePair.Create("a", "b")] }, List, ManifestForm.Plain), Is.SameAs(list));
    }

    [Test]
    public void A_list_of_another_revision_is_cached_separately()
    {
        var cache = Cache(long.MaxValue);
        Assert.That(cache.Of(First, List with { Revision = 8 }, ManifestForm.Plain), Is.Not.SameAs(AskTwice(cache, First)));
    }

    [Test]
    public void A_higher_revision_frees_the_memory_of_earlier_ones()
    {
        var cache = Cache(Length);
        AskTwice(cache, First);
        Assert.That(AskTwice(cache, Second, list: List with { Revision = 8 }).Json, Is.Not.Null);
    }

    [Test]
    public void A_list_of_an_earlier_revision_than_the_latest_is_not_cached()
    {
        var cache = Cache(long.MaxValue);
        cache.Of(First, List with { Revision = 8 }, ManifestForm.Plain);
        Assert.That(AskTwice(cache, First).Json, Is.Null);
    }

    [Test]
    public void The_oldest_list_is_dropped_for_good_when_newer_ones_need_its_memory()
    {
        var cache = Cache(2 * Length);
        CachedList[] lists = [AskTwice(cache, First), AskTwice(cache, Second), AskTwice(cache, Third)];
        cache.Of(First, List, ManifestForm.Plain);
        Assert.That(lists.Select(list => list.Json is not null), Is.EqualTo(new[] { false, true, true }));
    }

    [Test]
    public void Each_form_of_a_list_takes_memory_of_its_own()
    {
        var cache = Cache(Length * 3 / 2);
        CachedList[] forms = [AskTwice(cache, First), AskTwice(cache, First, ManifestForm.Channels)];
        Assert.That(forms.Select(list => list.Json is not null), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void A_list_takes_memory_until_it_is_sent()
    {
        var cache = Cache(Length);
        cache.BeginSending(AskTwice(cache, First));
        Assert.That(AskTwice(cache, Second).Json, Is.Null);
    }

    [Test]
    public void A_list_of_an_earlier_revision_takes_memory_until_it_is_sent()
    {
        var cache = Cache(Length);
        cache.BeginSending(AskTwice(cache, First));
        Assert.That(AskTwice(cache, First, list: List with { Revision = 8 }).Json, Is.Null);
    }

    [Test]
    public void A_list_that_was_sent_releases_its_memory()
    {
        var cache = Cache(Length);
        var sent = AskTwice(cache, First);
        cache.BeginSending(sent);
        AskTwice(cache, Second);
        cache.EndSending(sent);
        Assert.That(AskTwice(cache, Third).Json, Is.Not.Null);
    }

    [Test]
    public void A_list_that_is_not_kept_has_the_same_etag_length_and_items()
    {
        var (cache, none) = (Cache(long.MaxValue), Cache(0));
        var (kept, dropped) = (AskTwice(cache, First), AskTwice(none, First));
        Assert.That(dropped.Json, Is.Null);
        Assert.That((dropped.Etag, dropped.Length), Is.EqualTo((kept.Etag, kept.Length)));
        Assert.That(Written(none.ItemsOf(List.Images, ManifestForm.Plain)), Is.EqualTo(kept.Json!.Value.ToArray()));
    }
}
