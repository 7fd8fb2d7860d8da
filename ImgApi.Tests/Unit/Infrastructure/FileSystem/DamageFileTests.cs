using ImgApi.Domain.Integrity;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>Two registers over one file, as in the server and in <c>imgapi verify</c>.</summary>
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
    public void Close()
    {
        _server.Dispose();
        _verify.Dispose();
        _folder.Dispose();
    }

    private DamageRegister Register() => new(new DamageFile(_folder.Path, NullLogger.Instance));

    private static Damage Some(Uuid image, bool isUnreadable = false) =>
        new(image, new ContentKey("image-0123456789abcdef.gz"), "the file is missing", DateTimeOffset.UnixEpoch, isUnreadable);

    private Task<IReadOnlyList<Damage>> EnterAsync(Damage damage) => _server.EnterAsync([damage], CancellationToken.None);

    [Test]
    public async Task Each_register_sees_every_change_of_the_other_at_once()
    {
        // Both versions of the file have the same size, so its time alone would not show every change.
        var (one, other) = (Some(Uuid.New()), Some(Uuid.New()));
        for (var i = 0; i < Rounds; i++)
        {
            await _verify.EnterAsync([one], CancellationToken.None);
            Assert.That(await _server.FindAsync(one.Image, one.Content, CancellationToken.None), Is.EqualTo(one));
            await _server.ClearAsync(one.Image, one.Content, CancellationToken.None);
            await _server.EnterAsync([other], CancellationToken.None);
            Assert.That(await _verify.AllAsync(CancellationToken.None), Is.EqualTo(new[] { other }));
            await _verify.ClearAsync(other.Image, other.Content, CancellationToken.None);
            Assert.That(await _server.CountAsync(CancellationToken.None), Is.Zero);
        }
    }

    [Test]
    [Platform("Linux", Reason = "owners")]
    public async Task What_root_enters_belongs_to_the_owner_of_the_data_folder()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Tools.Missing("to change owners needs root");
        }

        await Tools.RunAsync("chown", ["4242:4343", _folder.Path]);
        await EnterAsync(Some(Uuid.New()));
        Assert.That((await Tools.RunAsync("stat", ["-c", "%u:%g %a", _folder.Combine(".imgapi-damages.json")])).Output.Trim(), Is.EqualTo("4242:4343 600"));
    }

    [Test]
    public async Task Damage_that_both_registers_enter_at_the_same_time_is_kept()
    {
        var (ours, theirs) = (Damages(), Damages());
        await Task.WhenAll(EnterAllAsync(_server, ours), EnterAllAsync(_verify, theirs));
        Assert.That(await _server.AllAsync(CancellationToken.None), Is.EquivalentTo(ours.Concat(theirs)));
        using var fresh = Register();
        Assert.That(await fresh.AllAsync(CancellationToken.None), Is.EqualTo(await _server.AllAsync(CancellationToken.None)));

        static Task EnterAllAsync(DamageRegister register, Damage[] damages) => Task.Run(async () =>
        {
            foreach (var damage in damages)
            {
                await register.EnterAsync([damage], CancellationToken.None);
            }
        });

        static Damage[] Damages() => [.. Enumerable.Range(0, Rounds / 2).Select(_ => Some(Uuid.New()))];
    }

    [Test]
    public async Task Damage_that_is_found_for_the_first_time_is_reported_as_new() =>
        Assert.That(await EnterAsync(Some(Uuid.New())), Is.Not.Empty);

    [Test]
    public async Task Damage_that_is_found_again_is_not_new_and_keeps_its_time()
    {
        var first = Some(Uuid.New());
        await EnterAsync(first);
        Assert.That(await EnterAsync(first with { FoundAt = first.FoundAt.AddDays(1) }), Is.Empty);
        Assert.That(await _server.AllAsync(CancellationToken.None), Is.EqualTo(new[] { first }));
    }

    [Test]
    public async Task Damage_that_is_found_again_for_another_reason_is_new_and_replaces_the_old_entry()
    {
        var first = Some(Uuid.New(), isUnreadable: true);
        await EnterAsync(first);
        var worse = first with { Reason = "the file has the sha1 x", IsUnreadable = false };
        Assert.That(await EnterAsync(worse), Is.Not.Empty);
        Assert.That(await _verify.AllAsync(CancellationToken.None), Is.EqualTo(new[] { worse }));
    }

    [Test]
    public async Task Damage_that_cannot_be_saved_stays_known()
    {
        var (kept, unkept) = (Some(Uuid.New()), Some(Uuid.New()));
        await _server.EnterAsync([kept], CancellationToken.None);
        var file = _folder.Combine(".imgapi-damages.json");
        var text = File.ReadAllText(file);
        File.Delete(file);
        // No file can replace a folder.
        Directory.CreateDirectory(file);
        await _server.EnterAsync([unkept], CancellationToken.None);
        Assert.That(await _server.FindAsync(unkept.Image, unkept.Content, CancellationToken.None), Is.EqualTo(unkept));

        Directory.Delete(file);
        File.WriteAllText(file, text);
        Assert.That(await _server.AllAsync(CancellationToken.None), Is.EquivalentTo(new[] { kept, unkept }));
    }
}
