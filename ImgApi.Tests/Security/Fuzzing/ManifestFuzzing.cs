using System.Net;
using CsCheck;
using ImgApi.Api.Configuration;
using ImgApi.Api.Hosting;
using ImgApi.Api.Responses;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Random manifests from callers, from other servers and from the disk.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class ManifestFuzzing
{
    private static readonly Uuid SomeUuid = Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");

    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;
    private ManifestIntake _intake = null!;
    private ManifestUpdate _update = null!;
    private ManifestCache _manifests = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await ServerHost.StartAsync(new ServerConfiguration { DataFolder = _folder.Combine("data"), Address = IPAddress.Loopback, Port = 0 });
        _intake = _server.Services.GetRequiredService<ManifestIntake>();
        _update = _server.Services.GetRequiredService<ManifestUpdate>();
        _manifests = _server.Services.GetRequiredService<ManifestCache>();
    }

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public Task A_random_manifest_is_refused_or_created_and_kept_unchanged() => Fuzz.OnlyRefusesAsync<string, ImgApiException>(
        JsonInputs.Manifest,
        async text => AssertKept(await _intake.CreateAsync(JsonInputs.Parse(text), account: null, channel: null, CancellationToken.None)));

    [Test]
    public Task A_random_manifest_is_refused_or_imported_and_kept_unchanged() => Fuzz.OnlyRefusesAsync<string, ImgApiException>(
        JsonInputs.Manifest,
        async text => AssertKept(await _intake.ImportAsync(SomeUuid, JsonInputs.Parse(text), channel: null, "imgadm/2.6.0 (node/0.10)", CancellationToken.None)));

    [Test]
    public void A_random_manifest_of_another_server_is_refused_or_imported_and_kept_unchanged() => Fuzz.OnlyRefuses<string, ImgApiException>(
        JsonInputs.Manifest, text => AssertKept(_intake.ImportRemote(SomeUuid, JsonInputs.Parse(text), channel: null)));

    [Test]
    public void Random_bytes_of_another_server_are_refused_or_read_as_a_manifest() => Fuzz.OnlyRefuses<byte[], ImgApiException>(
        Gen.OneOf(JsonInputs.Broken, Inputs.Bytes), bytes =>
        {
            var manifest = new RemoteManifest(RemoteJson.Parse(bytes));
            _ = manifest.IsActive;
            _ = manifest.Owner;
            _ = manifest.Origin;
            Assert.That(manifest.File.Size, Is.GreaterThan(0));
        });

    [Test]
    public void A_random_error_of_another_server_never_throws() => Fuzz.Check(
        Gen.Select(Gen.Int[400, 599], Gen.OneOf(
            Inputs.MutatedBytes("{\"code\":\"ResourceNotFound\",\"message\":\"x\"}"), Inputs.Bytes)),
        answer => RemoteJson.Refusal(answer.Item1, answer.Item2));

    [Test]
    public void A_random_update_is_applied_or_refused() => Fuzz.OnlyRefuses<(string, bool, bool), ImgApiException>(
        Gen.Select(JsonInputs.Manifest, Gen.Bool, Gen.Bool), input =>
        {
            var (text, activated, byOperator) = input;
            var builder = new ImageBuilder().WithFile();
            var image = (activated ? builder.Activated().PublishedAt("2020-01-01T00:00:00Z") : builder).Build();
            _update.Apply(image, ManifestUpdate.EnsureUsable(JsonInputs.Parse(text)), byOperator);
        });

    /// <summary>The loader skips a folder for two exceptions. The JSON reader throws the second one for an unpaired surrogate.</summary>
    [Test]
    public void A_random_manifest_on_disk_is_skipped_or_survives_a_rewrite() => Fuzz.Check(
        Gen.OneOf(JsonInputs.Broken, JsonInputs.Manifest.Select(System.Text.Encoding.UTF8.GetBytes), Inputs.Bytes), bytes =>
        {
            try
            {
                var stored = Read(bytes);
                var again = Read(ManifestWriter.Write(stored.Image, stored.Leftovers, stored.Superseded));
                Assert.That(Text(again.Image), Is.EqualTo(Text(stored.Image)));
            }
            catch (Exception skipped) when (skipped is BrokenManifestException or InvalidOperationException)
            {
                // The loader skips the folder.
            }
        });

    private StoredManifest Read(byte[] bytes) => ManifestReader.Read(
        SomeUuid, bytes, new FolderListing(_folder.Path), _ => Timestamp.From(DateTimeOffset.UnixEpoch));

    /// <summary>Checks that an accepted image is the same after it was written and read again.</summary>
    private void AssertKept(Image image)
    {
        var bytes = ManifestWriter.Write(image, ManifestLeftovers.None, []);
        var stored = ManifestReader.Read(image.Uuid, bytes, new FolderListing(_folder.Path), _ => Timestamp.From(DateTimeOffset.UnixEpoch));
        Assert.That(Text(stored.Image), Is.EqualTo(Text(image)));
    }

    private string Text(Image image) => System.Text.Encoding.UTF8.GetString(_manifests.Of(image.Stored(Image.NotStored), ManifestForm.Channels).Json);
}
