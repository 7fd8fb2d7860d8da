using System.Collections.Concurrent;

namespace ImgApi.Api.Logging;

/// <summary>Limits the logging of a recurring notice to once an hour.</summary>
internal sealed class HourlyNotices(TimeProvider clock)
{
    // A forgotten notice is merely logged again too early.
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastLogged = new(StringComparer.Ordinal);

    /// <summary>Whether to log the notice now.</summary>
    public bool IsDue(string notice)
    {
        if (_lastLogged.Count >= MaxRemembered)
        {
            _lastLogged.Clear();
        }

        var now = clock.GetUtcNow();
        return _lastLogged.TryAdd(notice, now)
            || (_lastLogged.TryGetValue(notice, out var last) && now - last >= Pause && _lastLogged.TryUpdate(notice, now, last));
    }
}
