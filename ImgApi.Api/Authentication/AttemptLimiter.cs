using System.Security.Cryptography;
using System.Text;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Limits how fast passwords can be guessed. Each network may send <see cref="Burst"/> wrong credentials at once and one more every
/// <see cref="Recovery"/>. Beyond that, its passwords are not checked until the next attempt is due. Passwords that were right before are
/// still checked, so that an attacker in the same network (behind the same proxy, for instance) locks out nobody. At capacity, the network
/// that was used least recently is forgotten.
/// </summary>
internal sealed class AttemptLimiter(TimeProvider clock)
{
    /// <summary>Wrong credentials that a network may send at once.</summary>
    public const int Burst = 20;

    public const int Capacity = 8192;

    private const int MaxPasswordsPerNetwork = 8;

    /// <summary>Time until one more wrong attempt is allowed.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientNetwork, LinkedListNode<Record>> _records = [];
    private readonly LinkedList<Record> _byLastUse = [];

    /// <summary>The number of remembered networks, for tests.</summary>
    internal int Count => _records.Count;

    /// <summary>Identifies a user and password without storing them.</summary>
    public byte[] Digest(string name, string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{name}:{password}"));

    public bool MayTry(ClientNetwork network, byte[] digest)
    {
        lock (_lock)
        {
            return !_records.TryGetValue(network, out var node)
                || WaitOf(node.Value) == TimeSpan.Zero
                || node.Value.Right.Exists(right => CryptographicOperations.FixedTimeEquals(right, digest));
        }
    }

    /// <summary>Counts wrong credentials.</summary>
    /// <returns>False if the network has no attempt left; this one is not counted then.</returns>
    public bool TryCount(ClientNetwork network)
    {
        lock (_lock)
        {
            var record = Use(network);
            if (WaitOf(record) > TimeSpan.Zero)
            {
                return false;
            }

            record.RecoveredAt = (record.RecoveredAt > Now ? record.RecoveredAt : Now) + Recovery;
            return true;
        }
    }

    /// <summary>Time until a network may try again; zero if it may now.</summary>
    public TimeSpan WaitOf(ClientNetwork network)
    {
        lock (_lock)
        {
            return _records.TryGetValue(network, out var node) ? WaitOf(node.Value) : TimeSpan.Zero;
        }
    }

    /// <summary>Remembers a password that was right, which is still checked when the network has no attempt left.</summary>
    public void Remember(ClientNetwork network, byte[] digest)
    {
        lock (_lock)
        {
            var right = Use(network).Right;
            right.RemoveAll(known => known.AsSpan().SequenceEqual(digest));
            right.Add(digest);
            if (right.Count > MaxPasswordsPerNetwork)
            {
                right.RemoveAt(0);
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);

    private TimeSpan WaitOf(Record record)
    {
        var wait = record.RecoveredAt - Now - ((Burst - 1) * Recovery);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private Record Use(ClientNetwork network)
    {
        if (_records.TryGetValue(network, out var node))
        {
            _byLastUse.Remove(node);
            _byLastUse.AddLast(node);
            return node.Value;
        }

        if (_records.Count >= Capacity)
        {
            _records.Remove(_byLastUse.First!.Value.Network);
            _byLastUse.RemoveFirst();
        }

        _records[network] = _byLastUse.AddLast(new Record(network));
        return _byLastUse.Last!.Value;
    }

    private sealed class Record(ClientNetwork network)
    {
        public ClientNetwork Network { get; } = network;

        /// <summary>When the network has its full burst again: each wrong attempt adds <see cref="Recovery"/>.</summary>
        public TimeSpan RecoveredAt { get; set; }

        /// <summary>Digests of right passwords, the latest last.</summary>
        public List<byte[]> Right { get; } = [];
    }
}
