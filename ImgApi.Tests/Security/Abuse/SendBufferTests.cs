using System.Globalization;
using ImgApi.Api.Hosting;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>
/// How much of an unread answer the kernel buffers. With a large buffer, a client that reads slowly but steadily would look as if it had
/// stopped.
/// </summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "a socket option of Linux")]
internal sealed class SendBufferTests
{
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task The_kernel_buffers_little_of_an_unread_file()
    {
        await using var server = await TestServer.StartAsync();
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, new byte[16 * MiB]);
        using var client = await Clients.ConnectAsync(server.Address, 1, $"GET /images/{uuid}/file HTTP/1.1\r\nHost: x\r\n\r\n", receiveBuffer: 4096);
        await client.AllHaveAnAnswerAsync();
        for (var i = 0; i < 100; i++)
        {
            await server.Anonymous.GetAnswerAsync("/ping"); // gives the server time to fill the kernel's buffer
        }

        Assert.That(Unsent(server.Address.Port), Is.InRange(1, 2 * SendBuffer.MaxUnsent));
    }

    /// <summary>The bytes in the kernel's send buffers that clients have not acknowledged.</summary>
    private static long Unsent(int port)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.ReadLines("/proc/net/tcp").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[1].EndsWith(ending, StringComparison.Ordinal))
            .Sum(fields => long.Parse(fields[4].Split(':')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
