using System.Collections.Concurrent;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>
/// The changes that the server has acknowledged, and those that it has not answered. Only one worker changes each image, so at most one
/// of its changes is in doubt. All workers grant access to the shared image at once.
/// </summary>
internal sealed class CrashModel
{
    private readonly ConcurrentDictionary<string, ModelEntry> _entries = new();

    /// <summary>The accounts with access to the shared image, and whether the grant was acknowledged.</summary>
    public ConcurrentDictionary<string, bool> SharedGrants { get; } = new();

    /// <summary>The image that all workers change; null before it is created.</summary>
    public string? SharedUuid { get; set; }

    public IReadOnlyDictionary<string, ModelEntry> Entries => _entries;

    /// <summary>The images whose names begin with the prefix and that have no change in doubt.</summary>
    public ModelImage[] SettledOf(string prefix) =>
    [
        .. _entries.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal) && entry.Value.Doubt is null)
            .Select(entry => entry.Value.Settled).OfType<ModelImage>().OrderBy(image => image.Name, StringComparer.Ordinal),
    ];

    /// <summary>Notes that a change is about to be sent.</summary>
    public void Begin(string name, ModelImage? after)
    {
        var doubt = new ModelDoubt(after is null ? null : after with { Text = null });
        _entries.AddOrUpdate(name, new ModelEntry(null, doubt), (_, entry) => entry with { Doubt = doubt });
    }

    /// <summary>Notes that the server has promised to finish the change in doubt, even if it is killed.</summary>
    public void Promise(string name) => _entries[name] = _entries[name] with { Doubt = _entries[name].Doubt! with { IsPromised = true } };

    /// <summary>Notes that the change was answered, or that its outcome is known.</summary>
    public void Settle(string name, ModelImage? now) => _entries[name] = new ModelEntry(now, null);
}
