namespace ImgApi.Domain.Access;

/// <summary>The tokens in force.</summary>
public sealed class AccessTokens
{
    private volatile Dictionary<string, AccessToken> _byHash = [];

    public IReadOnlyCollection<AccessToken> All => _byHash.Values;

    /// <summary>The token of a secret, valid or not, in constant time; null if there is none.</summary>
    public AccessToken? Find(string secret) => _byHash.GetValueOrDefault(TokenSecret.HashOf(secret));

    /// <summary>Replaces all tokens.</summary>
    public void Replace(IEnumerable<AccessToken> tokens) => _byHash = tokens.ToDictionary(token => token.Hash, StringComparer.Ordinal);
}
