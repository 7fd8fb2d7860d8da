namespace ImgApi.Api.Observability;

/// <summary>When the server started: when this object was created.</summary>
internal sealed class Uptime(TimeProvider clock)
{
    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();
}
