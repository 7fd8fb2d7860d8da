using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.Remote;

/// <summary>The ports to other image servers, over the same connections.</summary>
public sealed class RemoteServices : IDisposable
{
    private readonly RemoteClient _client;

    /// <summary>Creates the ports. Nothing is sent yet.</summary>
    public RemoteServices(RemoteOptions options, TimeProvider clock)
    {
        _client = new RemoteClient(options, clock);
        Images = new RemoteImages(_client, options, clock);
        Changes = new RemoteChanges(_client);
        Uploads = new RemoteUploads(_client);
        Server = new RemoteServer(_client);
    }

    /// <summary>Reads images.</summary>
    public IRemoteImages Images { get; }

    /// <summary>Changes images.</summary>
    public IRemoteChanges Changes { get; }

    /// <summary>Uploads files that continue after an interruption.</summary>
    public IRemoteUploads Uploads { get; }

    /// <summary>What a server says about itself.</summary>
    public IRemoteServer Server { get; }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();
}
