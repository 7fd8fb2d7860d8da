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

/// <summary>Manifests from callers, from other servers and from the disk.</summary>
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
    public Task A_manifest_is_created_or_refused_and_what_was_created_is_kept_as_it_is() => Fuzz.OnlyRefusesAsync<string, ImgApiException>(
        JsonInputs.Manifest,
        async text => AssertKept(await _intake.CreateAsync(JsonInputs.Parse(text), account: null, channel: null, CancellationToken.None)));

    [Test]
    public Task A_manifest_is_imported_or_refused() => Fuzz.OnlyRefusesAsync<string, ImgApiException>(
        JsonInputs.Manifest,
        async text => AssertKept(await _intake.ImportAsync(SomeUuid, JsonInputs.Parse(text), channel: null, "imgadm/2.6.0 (node/0.10)", CancellationToken.None)));

    [Test]
    public void A_manifest_of_another_server_is_imported_or_refused() => Fuzz.OnlyRefuses<string, ImgApiException>(
        JsonInputs.Manifest, text => AssertKept(_intake.ImportRemote(SomeUuid, JsonInputs.Parse(text), channel: null)));

    [Test]
    public void What_another_server_says_of_an_image_is_understood_or_refused() => Fuzz.OnlyRefuses<byte[], ImgApiException>(
        Gen.OneOf(JsonInputs.Broken, Inputs.Bytes), bytes =>
        {
            var manifest = new RemoteManifest(RemoteJson.Parse(bytes));
            _ = manifest.IsActive;
            _ = manifest.Owner;
            _ = manifest.Origin;
            Assert.That(manifest.File.Size, Is.GreaterThan(0));
        });

    [Test]
    public void An_error_of_another_server_is_understood_or_not() => Fuzz.Check(
        Gen.Select(Gen.Int[400, 599], Gen.OneOf(
            Inputs.MutatedBytes("{\"code\":\"ResourceNotFound\",\"message\":\"x\"}"), Inputs.Bytes)),
        answer => RemoteJson.Refusal(answer.Item1, answer.Item2));

    [Test]
    public void An_update_is_made_or_refused() => Fuzz.OnlyRefuses<(string, bool, bool), ImgApiException>(
        Gen.Select(JsonInputs.Manifest, Gen.Bool, Gen.Bool), input =>
        {
            var (text, activated, byOperator) = input;
            var builder = new ImageBuilder().WithFile();
            var image = (activated ? builder.Activated().PublishedAt("2020-01-01T00:00:00Z") : builder).Build();
            _update.Apply(image, ManifestUpdate.EnsureUsable(JsonInputs.Parse(text)), byOperator);
        });

    /// <summary>The two exceptions for which a folder is skipped; the third is what the JSON reader throws for half of a surrogate pair.</summary>
    [Test]
    public void A_manifest_of_the_disk_is_read_or_skipped_and_what_was_read_survives_a_rewrite() => Fuzz.Check(
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
                // As the loader takes them.
            }
        });

    private StoredManifest Read(byte[] bytes) => ManifestReader.Read(
        SomeUuid, bytes, new FolderListing(_folder.Path), _ => Timestamp.From(DateTimeOffset.UnixEpoch));

    /// <summary>An image that was taken in can be shown, written and read again, and is the same then.</summary>
    private void AssertKept(Image image)
    {
        var bytes = ManifestWriter.Write(image, ManifestLeftovers.None, []);
        var stored = ManifestReader.Read(image.Uuid, bytes, new FolderListing(_folder.Path), _ => Timestamp.From(DateTimeOffset.UnixEpoch));
        Assert.That(Text(stored.Image), Is.EqualTo(Text(image)));
    }

    private string Text(Image image) => System.Text.Encoding.UTF8.GetString(_manifests.Of(image.Stored(Image.NotStored), ManifestForm.Channels).Json);
}
