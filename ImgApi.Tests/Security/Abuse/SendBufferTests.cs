using System.Globalization;
using ImgApi.Api.Hosting;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>
/// What the kernel holds of an answer that is not read. More than a little of it would make a client that reads slowly, and never stops, look
/// as if it had stopped.
/// </summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "a socket option of Linux")]
internal sealed class SendBufferTests
{
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task The_kernel_holds_little_of_a_file_that_is_not_read()
    {
        await using var server = await TestServer.StartAsync();
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, new byte[16 * MiB]);
        using var client = await Clients.ConnectAsync(server.Address, 1, $"GET /images/{uuid}/file HTTP/1.1\r\nHost: x\r\n\r\n", receiveBuffer: 4096);
        await client.AllHaveAnAnswerAsync();
        for (var i = 0; i < 100; i++)
        {
            await server.Anonymous.GetAnswerAsync("/ping"); // time enough to hand over all that the kernel takes
        }

        Assert.That(Unsent(server.Address.Port), Is.InRange(1, 2 * SendBuffer.MaxUnsent));
    }

    /// <summary>Bytes that the kernel has from a server and that no client has confirmed.</summary>
    private static long Unsent(int port)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.ReadLines("/proc/net/tcp").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[1].EndsWith(ending, StringComparison.Ordinal))
            .Sum(fields => long.Parse(fields[4].Split(':')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
