using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The command <c>publish</c> when another client changes the image while its line stalls.</summary>
internal sealed class ReplacedUploadTests : ClientFixture
{
    private static readonly byte[] Theirs = [1, 2, 3];

    /// <summary>Publishes over a line that stalls, and lets another client give the image a file meanwhile.</summary>
    private async Task<(string Uuid, int Code, string Error)> PublishAsync(string name, bool activates)
    {
        await using var line = new Relay(() => Server.Address, line => line.Stalls == 0 ? Line.StallAfter(up: 3_000_000) : Line.Whole);
        using var user = ClientProgram.Of(line.Address);
        user.Write("web.file", RandomNumberGenerator.GetBytes(8_000_000));
        using var process = user.Start("publish", $"name={name}", "version=1", "os=other", "type=other", "--compression", "none", "-f", "web.file", "--stall", "2");
        await Eventually.TrueAsync(() => line.Stalls > 0);
        var uuid = (await Server.Admin.GetAnswerAsync($"/images?state=unactivated&name={name}")).Json[0].Text("uuid")!;
        await Server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", Requests.Bytes(Theirs));
        if (activates)
        {
            await Server.Admin.ActAsync(uuid, "activate");
        }

        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Theirs), error);
        return (uuid, process.ExitCode, error);
    }

    [Test]
    public async Task A_file_that_the_image_got_meanwhile_is_not_replaced()
    {
        var (uuid, code, error) = await PublishAsync("replaced", activates: false);
        Assert.That(code, Is.EqualTo(1), error);
        Assert.That(error, Does.Contain($"image {uuid} (replaced@1) stays at the server; to go on: imgapi publish").And.Contain("(UploadSuperseded)"));
    }

    [Test]
    public async Task An_image_that_was_activated_meanwhile_takes_no_file()
    {
        var (_, code, error) = await PublishAsync("activated", activates: true);
        Assert.That(code, Is.EqualTo(1), error);
        Assert.That(error, Does.Contain("since it was activated").And.Contain("(ImageAlreadyActivated)"));
    }
}
