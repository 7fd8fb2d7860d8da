using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Imports that are refused before a job starts (contract 5.19).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class RemoteImportRefusalTests : ImportFixture
{
    private const string Account = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    [TestCase("", "", 422, "ValidationFailed")]
    [TestCase("x", "&account=" + Account + "&skip_owner_check=x", 403, "OperatorOnly")]
    [TestCase("x", "&skip_owner_check=x", 422, "InvalidParameter")]
    [TestCase("x", "", 503, "RemoteSourceError")]
    [Check(161)]
    public async Task An_import_with_invalid_parameters_is_refused(string source, string more, int status, string code) =>
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, source, more), status, code);

    [Test]
    [Check(161)]
    public async Task A_missing_source_is_named() =>
        Assert.That((await Admin.ImportRemoteAsync(Chain.Top, "")).Message, Is.EqualTo("missing source parameter"));

    [Test]
    [Check(161)]
    public async Task An_import_needs_credentials() =>
        Assert.That((int)(await Server.Anonymous.ImportRemoteAsync(Chain.Top, Source.Address)).Status, Is.EqualTo(401));

    [Test]
    [Check(161)]
    public async Task An_image_that_exists_already_is_a_conflict_before_the_source_is_asked()
    {
        var uuid = await Admin.PublishAsync();
        AssertRefused(await Admin.ImportRemoteAsync(uuid, "http://127.0.0.1:1"), 409, "ImageUuidAlreadyExists", $"image uuid \"{uuid}\" already exists");
    }

    [Test]
    public async Task An_origin_that_is_not_active_at_the_source_is_refused()
    {
        await Source.Admin.ActAsync(Chain.Middle, "disable");
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, Source.Address), 422, "OriginIsNotActive", $"origin image \"{Chain.Middle}\" is not active");
    }

    [Test]
    public async Task An_origin_that_is_not_active_on_the_importing_server_is_refused()
    {
        await ImportBaseWithoutFileAsync();
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, Source.Address), 422, "OriginIsNotActive", $"origin image \"{Chain.Base}\" is not active");
    }

    [Test]
    public async Task Origins_that_form_a_circle_at_the_source_are_refused()
    {
        await using var source = SourceOfOrigins(uuid => uuid == Chain.Top ? Chain.Base : Chain.Top);
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, source.Address), 503, "RemoteSourceError",
            $"the origins of image {Chain.Top} at the source form a circle");
    }

    [Test]
    public async Task An_endless_origin_chain_at_the_source_is_refused()
    {
        await using var source = SourceOfOrigins(_ => Uuid.New().ToString());
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, source.Address), 503, "RemoteSourceError",
            $"the chain of origins of image {Chain.Top} at the source is longer than 64 images");
        Assert.That(source.Requests, Has.Count.LessThan(70));
    }

    [TestCase(",\"origin\":5")]
    [TestCase(",\"origin\":\"../../etc\"")]
    public async Task An_origin_at_the_source_that_is_not_a_uuid_is_a_remote_error(string more)
    {
        await using var source = new ScriptedServer(exchange => exchange.SendJsonAsync(ManifestOf(Chain.Top, more)));
        AssertRefused(
            await Admin.ImportRemoteAsync(Chain.Top, source.Address), 503, "RemoteSourceError",
            $"Unable to get manifest for image {Chain.Top}. Error from remote: the manifest's origin is not a UUID");
    }

    [Test]
    public async Task Another_image_with_the_same_uuid_is_a_conflict_and_stays_unchanged()
    {
        var manifest = Requests.Manifest(("v", 2), ("uuid", Chain.Top), ("name", "mine"));
        AssertOk(await Admin.PostAnswerAsync($"/images/{Chain.Top}?action=import", manifest));
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Top, Source.Address), 409, "ImageUuidAlreadyExists");
        Assert.That((await Admin.GetAnswerAsync($"/images/{Chain.Top}")).Text, Does.Contain("\"mine\"").And.Contain("unactivated"));
    }

    /// <summary>A source of manifests whose origins are computed from the UUID of the image.</summary>
    private static ScriptedServer SourceOfOrigins(Func<string, string> originOf) => new(exchange =>
    {
        var uuid = exchange.Target.Split('/')[2];
        return exchange.SendJsonAsync(ManifestOf(uuid, $",\"origin\":\"{originOf(uuid)}\""));
    });
}
