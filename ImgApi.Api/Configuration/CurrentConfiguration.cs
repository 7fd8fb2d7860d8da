namespace ImgApi.Api.Configuration;

/// <summary>The configuration in force: the one at the start, with the values that were reloaded since.</summary>
internal sealed class CurrentConfiguration(ServerConfiguration atStart)
{
    private volatile ServerConfiguration _value = atStart;

    public ServerConfiguration Value { get => _value; set => _value = value; }
}
