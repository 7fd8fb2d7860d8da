namespace ImgApi.Api.Configuration;

/// <summary>The configuration in force: the one the server started with, and what was reloaded since.</summary>
/// <param name="atStart">The configuration of the start.</param>
internal sealed class CurrentConfiguration(ServerConfiguration atStart)
{
    private volatile ServerConfiguration _value = atStart;

    public ServerConfiguration Value
    {
        get => _value;
        set => _value = value;
    }
}
