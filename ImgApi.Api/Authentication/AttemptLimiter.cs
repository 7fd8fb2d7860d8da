using System.Security.Cryptography;
using System.Text;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Slows down whoever tries out passwords. Each network may send <see cref="Burst"/> wrong credentials at once and one
/// more every <see cref="Recovery"/>; beyond that its passwords are not looked at until the next one is due. Other
/// networks do not notice. Passwords that were right from a network go on being looked at, so that an attacker who
/// shares it (behind one proxy, for instance) locks out nobody who works from there. Networks are remembered up to a
/// bound; the one that was quiet for longest is forgotten first.
/// </summary>
internal sealed class AttemptLimiter(TimeProvider clock)
{
    /// <summary>Wrong credentials that a network may send at once.</summary>
    public const int Burst = 20;

    /// <summary>Networks that are remembered.</summary>
    public const int Capacity = 8192;

    /// <summary>Right passwords that are remembered of a network.</summary>
    private const int RememberedEach = 8;

    /// <summary>After how long one more wrong attempt is allowed.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientNetwork, LinkedListNode<Record>> _records = [];
    private readonly LinkedList<Record> _byLastUse = [];

    /// <summary>Networks that are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>What a user and password are recognised by, without keeping them.</summary>
    public byte[] Digest(string name, string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{name}:{password}"));

    /// <summary>Whether a password from a network is to be looked at.</summary>
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
    /// <returns>False if the network has no attempt left, and this one is not counted.</returns>
    public bool TryCount(ClientNetwork network)
    {
        lock (_lock)
        {
            var record = Use(network);
            if (WaitOf(record) > TimeSpan.Zero)
            {
                return false;
            }

            record.PaidAt = (record.PaidAt > Now ? record.PaidAt : Now) + Recovery;
            return true;
        }
    }

    /// <summary>How long until a network may try again; zero if it may now.</summary>
    public TimeSpan WaitOf(ClientNetwork network)
    {
        lock (_lock)
        {
            return _records.TryGetValue(network, out var node) ? WaitOf(node.Value) : TimeSpan.Zero;
        }
    }

    /// <summary>Remembers that a password from a network was right.</summary>
    public void Remember(ClientNetwork network, byte[] digest)
    {
        lock (_lock)
        {
            var right = Use(network).Right;
            right.RemoveAll(known => known.AsSpan().SequenceEqual(digest));
            right.Add(digest);
            if (right.Count > RememberedEach)
            {
                right.RemoveAt(0);
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);

    private TimeSpan WaitOf(Record record)
    {
        var wait = record.PaidAt - Now - ((Burst - 1) * Recovery);
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

        /// <summary>When all wrong attempts so far will be made up for, each by <see cref="Recovery"/>.</summary>
        public TimeSpan PaidAt { get; set; }

        /// <summary>Digests of passwords that were right, the latest last.</summary>
        public List<byte[]> Right { get; } = [];
    }
}
