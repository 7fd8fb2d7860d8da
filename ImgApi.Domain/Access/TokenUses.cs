using System.Collections.Concurrent;

namespace ImgApi.Domain.Access;

/// <summary>When each token was last used. Unknown tokens are never recorded, so there are no more entries than tokens.</summary>
public sealed class TokenUses(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastById = new(StringComparer.Ordinal);

    /// <summary>The times by the id of the token.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastById => _lastById;

    public void Record(AccessToken token) => _lastById[token.Id] = clock.GetUtcNow();

    /// <summary>Adds times from before the start.</summary>
    public void Add(IReadOnlyDictionary<string, DateTimeOffset> earlier)
    {
        foreach (var (id, at) in earlier)
        {
            _lastById.TryAdd(id, at);
        }
    }

    /// <summary>Forgets all but these tokens.</summary>
    public void Keep(IEnumerable<AccessToken> tokens)
    {
        foreach (var id in _lastById.Keys.Except(tokens.Select(token => token.Id)))
        {
            _lastById.TryRemove(id, out _);
        }
    }
}
