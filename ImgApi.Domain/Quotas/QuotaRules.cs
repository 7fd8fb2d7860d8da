namespace ImgApi.Domain.Quotas;

/// <summary>How many bytes may be stored.</summary>
/// <param name="Total">By all users; null for no limit.</param>
/// <param name="Users">The limits in force of single users, by their names.</param>
public sealed record QuotaRules(long? Total, Func<IReadOnlyDictionary<string, long>> Users)
{
    public static QuotaRules None { get; } = new(null, () => new Dictionary<string, long>());

    /// <summary>The limits that the files of a user count for. The name null stands for all users.</summary>
    public IEnumerable<(string? User, long Limit)> Of(string? user)
    {
        if (user is not null && Users().TryGetValue(user, out var limit))
        {
            yield return (user, limit);
        }

        if (Total is { } total)
        {
            yield return (null, total);
        }
    }
}

/// <summary>How far a quota is used, in bytes.</summary>
/// <param name="User">Null for the quota of all users.</param>
public sealed record QuotaUse(string? User, long Limit, long Used);
