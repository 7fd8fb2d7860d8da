using System.Net;
using System.Security.Cryptography;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Resilience.Races;

/// <summary>Downloads while the file is replaced or deleted return one whole file with its own digests, or none.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class DownloadRaceTests
{
    private const int Replacements = 40;
    private const int Readers = 4;

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    /// <summary>Checks that a download has the digests of its headers. False if there was no file.</summary>
    private static bool IsWhole(Answer answer)
    {
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return false;
        }

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
#pragma warning disable CA5350, CA5351 // the digests of the wire contract
        Assert.That(answer.Header("Etag"), Is.EqualTo(Convert.ToHexStringLower(SHA1.HashData(answer.Bytes))));
        Assert.That(answer.Header("Content-MD5"), Is.EqualTo(Convert.ToBase64String(MD5.HashData(answer.Bytes))));
#pragma warning restore CA5350, CA5351
        return true;
    }

    [Test]
    public async Task A_download_during_replacements_returns_one_whole_file_with_its_digests()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid, [1]);
        var replacing = ReplaceAsync(uuid, "file?compression=gzip", type: null);
        await Race.RunAsync(Readers, async number =>
        {
            await Race.DuringAsync(replacing, async () =>
                Assert.That(IsWhole(await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")), Is.True));
            return number;
        });
        Assert.That(Directory.GetFiles(Path.Combine(_server.DataFolder, uuid)), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_download_of_an_icon_during_replacements_and_removals_returns_one_whole_icon_or_none()
    {
        var uuid = await _server.Admin.CreateAsync();
        var replacing = ReplaceAsync(uuid, "icon", "image/png", after: () => _server.Admin.DeleteAnswerAsync($"/images/{uuid}/icon"));
        await Race.RunAsync(Readers, async number =>
        {
            await Race.DuringAsync(replacing, async () => IsWhole(await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/icon")));
            return number;
        });
        Assert.That(Directory.GetFiles(Path.Combine(_server.DataFolder, uuid)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_download_during_the_deletion_of_the_image_returns_the_whole_file_or_404()
    {
        for (var round = 0; round < Replacements / 2; round++)
        {
            var uuid = await _server.Admin.CreateAsync();
            await _server.Admin.UploadAsync(uuid, RandomNumberGenerator.GetBytes(2_000_000));
            await Race.RunAsync(Readers, async number =>
            {
                if (number == 0)
                {
                    Assert.That((await _server.Admin.DeleteAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
                }
                else
                {
                    IsWhole(await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file"));
                }

                return number;
            });
            Assert.That(Directory.Exists(Path.Combine(_server.DataFolder, uuid)), Is.False);
        }
    }

    [Test]
    public async Task A_file_that_changes_between_look_up_and_opening_is_looked_up_again()
    {
        OpeningStore store = null!;
        await using var server = await TestServer.StartAsync(replace: services => services.AddSingleton<IContentStore>(
            provider => store = new OpeningStore(ActivatorUtilities.CreateInstance<FileSystemContentStore>(provider))));
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, [1]);
        store.BeforeNextOpening = () => server.Admin.UploadAsync(uuid, [2, 2]);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 2, 2 }));

        store.BeforeNextOpening = () => server.Admin.DeleteAnswerAsync($"/images/{uuid}");
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Message, Is.EqualTo($"image {uuid} not found"));
    }

    private async Task ReplaceAsync(string uuid, string what, string? type, Func<Task>? after = null)
    {
        for (var i = 0; i < Replacements; i++)
        {
            var bytes = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 120_000));
            var answer = await _server.Admin.PutAnswerAsync($"/images/{uuid}/{what}", Requests.Bytes(bytes, type));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
            await (after?.Invoke() ?? Task.CompletedTask);
        }
    }
}
