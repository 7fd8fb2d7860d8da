using System.Security.Cryptography;
using System.Text;
using ImgApi.Domain.Access;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// Passwords in clear text or as <see cref="PasswordHash"/>. A password is compared by its HMAC under a key that this
/// process made up: that of a clear one is known from the start, that of a hashed one once it was found right. So each
/// hash is computed once for its right password, and the memory holds no password of a hash.
/// </summary>
internal sealed class UserPasswords : IUserPasswords, IDisposable
{
    /// <summary>Checks that may wait for a processor; each is a request of its own.</summary>
    private const int MaxWaiting = 256;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly byte[] _nobodys = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    // Leaves processors to those who have shown who they are.
    private readonly SemaphoreSlim _processors = new(Math.Max(1, Environment.ProcessorCount / 2));
    private volatile Users _users;
    private int _waiting;

    /// <param name="passwords">What is stored of each user: the password itself, or its hash.</param>
    public UserPasswords(IEnumerable<KeyValuePair<string, string>> passwords) => _users = new Users(this, passwords);

    public void Replace(IEnumerable<KeyValuePair<string, string>> passwords) => _users = new Users(this, passwords);

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

        await EnterAsync(cancellation);
        try
        {
            if (IsKnown(user, digest))
            {
                return true; // found out by someone who was before us in the queue
            }

            return mayTry() ? Compare(user, hash, password, digest) : null;
        }
        finally
        {
            _processors.Release();
        }
    }

    /// <summary>Iterations that the check of a wrong password takes; 0 where no user has a hash.</summary>
    internal int CostOf(string name) => HashFor(_users, name)?.Cost ?? 0;

    public void Dispose() => _processors.Dispose();

    private static PasswordHash? HashFor(Users users, string name) => users.ByName.GetValueOrDefault(name)?.Hash ?? users.Decoy;

    private bool IsKnown(Entry? user, byte[] digest) => CryptographicOperations.FixedTimeEquals(user?.Right ?? _nobodys, digest);

    private static bool Compare(Entry? user, PasswordHash hash, string password, byte[] digest)
    {
        if (!hash.Matches(password))
        {
            return false;
        }

        user!.Right = digest;
        return true;
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ImgApiException(ErrorCode.ServiceUnavailable, "too many passwords are being checked at the moment")
            {
                RetryAfter = TryAgainAfter,
            };
        }

        try
        {
            await _processors.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private byte[] Digest(string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));

    private sealed class Users
    {
        public Users(UserPasswords owner, IEnumerable<KeyValuePair<string, string>> passwords)
        {
            ByName = passwords.ToDictionary(user => user.Key, user => new Entry(owner, user.Value), StringComparer.Ordinal);
            var cost = ByName.Values.Max(user => user.Hash?.Cost);
            foreach (var user in ByName.Values)
            {
                user.Hash = user.Hash?.WithCost(cost!.Value);
            }

            Decoy = cost is { } most ? PasswordHash.Decoy(most) : null;
        }

        public Dictionary<string, Entry> ByName { get; }

        /// <summary>
        /// Stands in for the hash of a user who is unknown or has none. A check of it, and of each hash, costs what the dearest hash costs:
        /// the time of a refusal does not tell whether the user exists.
        /// </summary>
        public PasswordHash? Decoy { get; }
    }

    private sealed class Entry(UserPasswords owner, string stored)
    {
        /// <summary>The hash; null for a password in clear text.</summary>
        public PasswordHash? Hash { get; set; } = PasswordHash.TryParse(stored, out var hash) ? hash : null;

        /// <summary>Digest of the right password; null until it is known.</summary>
        public volatile byte[]? Right = PasswordHash.TryParse(stored, out _) ? null : owner.Digest(stored);
    }
}
