using System.Security.Cryptography;
using ImgApi.Infrastructure.Security;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

/// <summary>When changed key files are read again, and what happens if that fails.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class UserKeysReloadTests : UserKeysFixture
{
    [Test]
    public void Added_replaced_and_deleted_keys_take_effect_at_once()
    {
        var keys = Open();
        Assert.That(Accepts(keys, "bob", Key), Is.False);
        var file = Folder.Write("bob.keys", Line(Key));
        Assert.That(Accepts(keys, "bob", Key), Is.True, "added");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Folder.Write("bob.keys", Line(other));
        Assert.That(Accepts(keys, "bob", Key), Is.False, "replaced");
        Assert.That(Accepts(keys, "bob", other), Is.True, "replaced");
        File.Delete(file);
        Assert.That(Accepts(keys, "bob", other), Is.False, "deleted");
    }

    [Test]
    public void A_change_within_the_same_tick_of_the_clock_takes_effect()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var clock = new FakeTimeProvider();
        var tick = clock.GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(Folder.Write("bob.keys", Line(other)), tick);
        var keys = Open(clock: clock);
        Assert.That(Accepts(keys, "bob", Key), Is.False);
        File.SetLastWriteTimeUtc(Folder.Write("bob.keys", Line(Key)), tick);
        Assert.That(Accepts(keys, "bob", Key), Is.True);
    }

    [Test]
    public void A_change_of_an_old_file_takes_effect()
    {
        var file = Folder.Write("bob.keys", "#");
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var keys = Open();
        Assert.That(Accepts(keys, "bob", Key), Is.False);
        Folder.Write("bob.keys", Line(Key));
        Assert.That(Accepts(keys, "bob", Key), Is.True);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links")]
    public void A_change_of_the_target_of_a_link_takes_effect()
    {
        Folder.Write("one/bob", "#");
        Folder.Write("two/bob", Line(Key));
        Directory.CreateSymbolicLink(Folder.Combine("now"), "one");
        File.CreateSymbolicLink(Folder.Combine("bob.keys"), "now/bob");
        var keys = Open();
        Assert.That(Accepts(keys, "bob", Key), Is.False);
        Directory.Delete(Folder.Combine("now"));
        Directory.CreateSymbolicLink(Folder.Combine("now"), "two");
        Assert.That(Accepts(keys, "bob", Key), Is.True);
    }

    [Test]
    public void The_keys_stay_in_use_while_the_folder_is_missing_and_one_warning_is_logged()
    {
        var keys = OpenAndMoveFolderAway();
        Assert.That(Accepts(keys, "bob", Key), Is.True);
        Assert.That(Accepts(keys, "bob", Key), Is.True);
        Assert.That(Log.Warnings, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_reload_fails_while_the_folder_is_missing() =>
        Assert.That(Assert.Throws<ImgApiException>(OpenAndMoveFolderAway().Reload)!.Code, Is.EqualTo(ErrorCode.StorageIsDown));

    [Test]
    public void Changes_take_effect_again_when_the_missing_folder_is_back()
    {
        var keys = OpenAndMoveFolderAway();
        Assert.That(Accepts(keys, "bob", Key), Is.True);
        Directory.Move(Folder.Combine("gone"), Folder.Combine("keys"));
        Folder.Write("keys/bob.keys", "#");
        Assert.That(Accepts(keys, "bob", Key), Is.False);
    }

    private UserKeys OpenAndMoveFolderAway()
    {
        Folder.Write("keys/bob.keys", Line(Key));
        var keys = Open(folder: Folder.Combine("keys"));
        Directory.Move(Folder.Combine("keys"), Folder.Combine("gone"));
        return keys;
    }

    [Test]
    public void The_keys_of_a_file_stay_in_use_when_it_becomes_too_large()
    {
        var file = Folder.Write("bob.keys", Line(Key));
        var keys = Open();
        File.WriteAllBytes(file, new byte[(1024 * 1024) + 1]);
        Assert.That(Accepts(keys, "bob", Key), Is.True);
        Assert.That(Log.Warnings.Single(), Does.Contain(file));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links")]
    public void A_dangling_link_does_not_delay_other_changes()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Folder.Write("bob.keys", Line(Key));
        Folder.Write("target", Line(other));
        File.CreateSymbolicLink(Folder.Combine("old.keys"), Folder.Combine("target"));
        var keys = Open();
        Assert.That((Accepts(keys, "bob", Key), Accepts(keys, "old", other)), Is.EqualTo((true, true)));
        File.Delete(Folder.Combine("target"));
        File.Delete(Folder.Combine("bob.keys"));
        Assert.That((Accepts(keys, "bob", Key), Accepts(keys, "old", other)), Is.EqualTo((false, false)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links")]
    public void A_dangling_link_is_reported_and_fails_neither_a_reload_nor_a_start()
    {
        File.CreateSymbolicLink(Folder.Combine("old.keys"), Folder.Write("target", Line(Key)));
        var keys = Open();
        File.Delete(Folder.Combine("target"));
        Assert.That(Accepts(keys, "old", Key), Is.False);
        Assert.That(Log.Warnings, Has.Some.Matches("(old.keys|target) is missing or a dangling link"));
        Assert.That(keys.Reload, Throws.Nothing);
        Assert.That(() => Open(), Throws.Nothing, "start");
    }

    [Test]
    public void An_unreadable_file_keeps_its_keys_and_does_not_delay_other_changes()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Folder.Write("bob.keys", Line(Key));
        var bad = Folder.Write("eve.keys", Line(other));
        var keys = Open();
        File.WriteAllBytes(bad, new byte[(1024 * 1024) + 1]);
        File.Delete(Folder.Combine("bob.keys"));
        Assert.That((Accepts(keys, "bob", Key), Accepts(keys, "eve", other)), Is.EqualTo((false, true)));
        Assert.That(Log.Warnings, Has.Length.EqualTo(1));
        File.Delete(bad);
        Assert.That(Accepts(keys, "eve", other), Is.False);
    }

    [Test]
    public void An_unreadable_file_does_not_prevent_a_start()
    {
        File.WriteAllBytes(Folder.Combine("eve.keys"), new byte[(1024 * 1024) + 1]);
        Assert.That(() => Open(), Throws.Nothing);
    }
}
