using ImgApi.Domain.Images;
using ImgApi.Domain.Integrity;
using ImgApi.Infrastructure.FileSystem.Content;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Infrastructure.FileSystem;

/// <summary>Two registers over one file, as a server and <c>imgapi verify</c> have them.</summary>
[TestFixture]
internal sealed class DamageFileTests
{
    private const int Rounds = 100;

    private TemporaryFolder _folder = null!;
    private DamageRegister _server = null!;
    private DamageRegister _verify = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        (_server, _verify) = (Register(), Register());
    }

    [TearDown]
    public void Close() => _folder.Dispose();

    private DamageRegister Register() => new(new DamageFile(_folder.Path, NullLogger.Instance));

    private static Damage Some(Uuid image, bool mayPass = false) =>
        new(image, new ContentKey("image-0123456789abcdef.gz"), "the file is missing", DateTimeOffset.UnixEpoch, mayPass);

    [Test]
    public void Each_sees_every_change_of_the_other_however_fast_they_come()
    {
        // Both versions of the file have the same size.
        var (one, other) = (Some(Uuid.New()), Some(Uuid.New()));
        for (var i = 0; i < Rounds; i++)
        {
            _verify.Enter(one);
            Assert.That(_server.Find(one.Image, one.Content), Is.EqualTo(one));
            _server.Clear(one.Image, one.Content);
            _server.Enter(other);
            Assert.That(_verify.All, Is.EqualTo(new[] { other }));
            _verify.Clear(other.Image, other.Content);
            Assert.That(_server.Count, Is.Zero);
        }
    }

    [Test]
    public async Task Neither_loses_what_the_other_enters_at_the_same_time()
    {
        var (ours, theirs) = (Damages(), Damages());
        await Task.WhenAll(Task.Run(() => Array.ForEach(ours, damage => _server.Enter(damage))), Task.Run(() => Array.ForEach(theirs, damage => _verify.Enter(damage))));
        Assert.That(_server.All, Is.EquivalentTo(ours.Concat(theirs)));
        Assert.That(Register().All, Is.EqualTo(_server.All));

        static Damage[] Damages() => [.. Enumerable.Range(0, Rounds / 2).Select(_ => Some(Uuid.New()))];
    }

    [Test]
    public void The_same_find_again_is_no_news_and_keeps_its_time_and_another_reason_is_news()
    {
        var first = Some(Uuid.New(), mayPass: true);
        Assert.That(_server.Enter(first), Is.True);
        Assert.That(_server.Enter(first with { FoundAt = first.FoundAt.AddDays(1) }), Is.False);
        Assert.That(_server.All, Is.EqualTo(new[] { first }));
        var worse = first with { Reason = "the file has the sha1 x", IsUnreadable = false };
        Assert.That(_server.Enter(worse), Is.True);
        Assert.That(_verify.All, Is.EqualTo(new[] { worse }));
    }

    [Test]
    public void What_cannot_be_kept_is_known_nevertheless()
    {
        var (kept, unkept) = (Some(Uuid.New()), Some(Uuid.New()));
        _server.Enter(kept);
        var file = _folder.Combine(".imgapi-damages.json");
        var text = File.ReadAllText(file);
        File.Delete(file);
        // Where the file was there is a folder, which no file can replace.
        Directory.CreateDirectory(file);
        _server.Enter(unkept);
        Assert.That(_server.Find(unkept.Image, unkept.Content), Is.EqualTo(unkept));

        Directory.Delete(file);
        File.WriteAllText(file, text);
        Assert.That(_server.All, Is.EquivalentTo(new[] { kept, unkept }));
    }
}
