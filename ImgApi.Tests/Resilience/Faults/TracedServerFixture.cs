using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A server whose system calls strace records.</summary>
internal abstract class TracedServerFixture
{
    protected const string Calls =
        "write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,unlink,unlinkat,sendto,sendmsg";

    protected TemporaryFolder Folder { get; private set; } = null!;

    protected ServerProcess Server { get; private set; } = null!;

    protected string Data => Folder.Combine("data");

    protected HttpClient Admin => Server.Admin;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Tools.Require("strace", "strace");
        Folder = new TemporaryFolder();
        Server = await ServerProcess.StartOnAsync(Data);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        Folder?.Dispose();
    }
}
