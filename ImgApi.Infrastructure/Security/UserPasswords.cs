using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using ImgApi.Domain.Access;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// Passwords in clear text or as <see cref="PasswordHash"/>. A password is compared by its HMAC with a random key of this process. The HMAC of a
/// hashed password is stored when a caller first gives the right one. So each hash is computed once for its right password, and memory does not
/// contain that password.
/// </summary>
internal sealed class UserPasswords : IUserPasswords, IDisposable
{
    /// <summary>Maximum number of checks, each of another request, that wait for a processor.</summary>
    private const int MaxWaiting = 256;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly byte[] _noDigest = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    // The other processors serve authenticated requests.
    private readonly ConcurrencyLimiter _processors = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = MaxWaiting,
    });

    private volatile Users _users;

    /// <param name="passwords">The stored password of each user: itself, or its hash.</param>
    public UserPasswords(IEnumerable<KeyValuePair<string, string>> passwords) => _users = new Users(this, passwords, before: null);

    public void Replace(IEnumerable<KeyValuePair<string, string>> passwords) => _users = new Users(this, passwords, _users);

    public async ValueTask<bool?> VerifyAsync(string name, string password, Func<bool> mayTry, CancellationToken cancellation)
    {
        var users = _users;
        var user = users.ByName.GetValueOrDefault(name);
        var digest = Digest(password);
        if (IsKnown(user, digest))
        {
            return true;
        }

        if (HashFor(users, name) is not { } hash)
        {
            return false;
        }

        using var lease = await _processors.AcquireAsync(cancellationToken: cancellation);
        if (!lease.IsAcquired)
        {
            throw new ImgApiException(ErrorCode.ServiceUnavailable, "too many passwords are being checked at the moment")
            {
                RetryAfter = TryAgainAfter,
            };
        }

        if (IsKnown(user, digest))
        {
            return true; // found by an earlier check in the queue
        }

        return mayTry() ? Compare(user, hash, password, digest) : null;
    }

    /// <summary>Iterations of the check of a wrong password; 0 if no user has a hash.</summary>
    internal int CostOf(string name) => HashFor(_users, name)?.Cost ?? 0;

    public void Dispose() => _processors.Dispose();

    private static PasswordHash? HashFor(Users users, string name) => users.ByName.GetValueOrDefault(name)?.Hash ?? users.Decoy;

    private bool IsKnown(Entry? user, byte[] digest) => CryptographicOperations.FixedTimeEquals(user?.Right ?? _noDigest, digest);

    private static bool Compare(Entry? user, PasswordHash hash, string password, byte[] digest)
    {
        if (!hash.Matches(password))
        {
            return false;
        }

        user!.Right = digest;
        return true;
    }

    private byte[] Digest(string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));

    private sealed class Users
    {
        /// <param name="before">The digests of passwords that have not changed stay known.</param>
        public Users(UserPasswords owner, IEnumerable<KeyValuePair<string, string>> passwords, Users? before)
        {
            ByName = passwords.ToDictionary(
                user => user.Key, user => new Entry(owner, user.Value, before?.ByName.GetValueOrDefault(user.Key)), StringComparer.Ordinal);
            var cost = ByName.Values.Max(user => user.Hash?.Cost);
            foreach (var user in ByName.Values)
            {
                user.Hash = user.Hash?.WithCost(cost!.Value);
            }

            Decoy = cost is { } highest ? PasswordHash.Decoy(highest) : null;
        }

        public Dictionary<string, Entry> ByName { get; }

        /// <summary>
        /// Replaces the hash of a user who is unknown or has none. Its check, like that of each hash, takes as many iterations as the most expensive
        /// hash, so that the duration of a refusal does not show whether the user exists.
        /// </summary>
        public PasswordHash? Decoy { get; }
    }

    private sealed class Entry(UserPasswords owner, string stored, Entry? before)
    {
        private readonly string _stored = stored;

        /// <summary>Null for a password in clear text.</summary>
        public PasswordHash? Hash { get; set; } = PasswordHash.TryParse(stored, out var hash) ? hash : null;

        /// <summary>Digest of the right password; null until it is known.</summary>
        public volatile byte[]? Right = before?._stored == stored ? before.Right : PasswordHash.TryParse(stored, out _) ? null : owner.Digest(stored);
    }
}
