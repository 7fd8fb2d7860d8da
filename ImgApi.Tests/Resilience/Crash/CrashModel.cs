using System.Collections.Concurrent;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>
/// What the server has acknowledged, and what it was asked to do and has not answered. Each image is changed by one worker
/// only, so that at most one of its changes is in doubt; the shared image takes grants from all workers at once.
/// </summary>
internal sealed class CrashModel
{
    private readonly ConcurrentDictionary<string, ModelEntry> _entries = new();

    /// <summary>The accounts to whom the shared image was granted, with whether that was acknowledged.</summary>
    public ConcurrentDictionary<string, bool> SharedGrants { get; } = new();

    /// <summary>The image that all workers change; null before it is made.</summary>
    public string? SharedUuid { get; set; }

    public IReadOnlyDictionary<string, ModelEntry> Entries => _entries;

    /// <summary>The images of one worker, by their names' beginning, that exist for certain.</summary>
    public ModelImage[] SettledOf(string prefix) =>
    [
        .. _entries.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal) && entry.Value.Doubt is null)
            .Select(entry => entry.Value.Settled).OfType<ModelImage>().OrderBy(image => image.Name, StringComparer.Ordinal),
    ];

    /// <summary>A change is about to be sent.</summary>
    public void Begin(string name, ModelImage? after)
    {
        var doubt = new ModelDoubt(after is null ? null : after with { Text = null });
        _entries.AddOrUpdate(name, new ModelEntry(null, doubt), (_, entry) => entry with { Doubt = doubt });
    }

    /// <summary>The server has promised to make the change that is in doubt, sooner or later, however often it is killed.</summary>
    public void Promise(string name) => _entries[name] = _entries[name] with { Doubt = _entries[name].Doubt! with { IsPromised = true } };

    /// <summary>The change was answered, or its outcome was seen.</summary>
    public void Settle(string name, ModelImage? now) => _entries[name] = new ModelEntry(now, null);
}
