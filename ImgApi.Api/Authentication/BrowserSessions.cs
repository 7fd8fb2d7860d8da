using System.Buffers.Text;
using System.Security.Cryptography;

namespace ImgApi.Api.Authentication;

/// <summary>
/// The users who are signed in, by the secret id in their cookie. A session ends <c>sessionMinutes</c> after its last request, 12 hours after
/// the sign-in, and when its user is removed or gets another password or role. At capacity the oldest ends, and a user with many sessions
/// ends the oldest of their own. A restart ends all.
/// </summary>
internal sealed class BrowserSessions(CurrentConfiguration configuration, TimeProvider clock)
{
    /// <summary>Sessions of all users.</summary>
    public const int Capacity = 1000;

    /// <summary>Sessions of one user, who otherwise could end those of all others by signing in again and again.</summary>
    public const int CapacityOfUser = 20;

    /// <summary>Bytes of an id and of a token.</summary>
    private const int SecretSize = 32;

    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(12);

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, BrowserSession> _sessions = [];

    /// <summary>Begins a session of a user whose password was right.</summary>
    /// <returns>The id, which is new.</returns>
    public string Begin(UserEntry user)
    {
        var id = Secret();
        lock (_lock)
        {
            MakeRoom(user);
            _sessions.Add(id, new BrowserSession(user, Secret(), clock.GetTimestamp()));
        }

        return id;
    }

    /// <summary>The session of an id, which counts as used now; null if it never began or has ended.</summary>
    public BrowserSession? Use(string id)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var session))
            {
                return null;
            }

            if (HasEnded(session))
            {
                _sessions.Remove(id);
                return null;
            }

            session.UsedAt = clock.GetTimestamp();
            return session;
        }
    }

    /// <summary>Counts the session as used until <see cref="EndRequest"/>.</summary>
    public void BeginRequest(BrowserSession session)
    {
        lock (_lock)
        {
            session.OpenRequests++;
        }
    }

    public void EndRequest(BrowserSession session)
    {
        lock (_lock)
        {
            session.OpenRequests--;
            session.UsedAt = clock.GetTimestamp();
        }
    }

    public void End(string id)
    {
        lock (_lock)
        {
            _sessions.Remove(id);
        }
    }

    private void MakeRoom(UserEntry user)
    {
        foreach (var (id, _) in _sessions.Where(entry => HasEnded(entry.Value)).ToArray())
        {
            _sessions.Remove(id);
        }

        var own = _sessions.Where(entry => entry.Value.User.Name == user.Name).Select(entry => entry.Key).ToArray();
        if (own.Length >= CapacityOfUser)
        {
            _sessions.Remove(own[0]);
        }
        else if (_sessions.Count >= Capacity)
        {
            _sessions.RemoveAt(0);
        }
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretSize));

    private bool HasEnded(BrowserSession session)
    {
        var current = configuration.Value;
        return (session.OpenRequests == 0 && clock.GetElapsedTime(session.UsedAt) >= TimeSpan.FromMinutes(current.SessionMinutes))
            || clock.GetElapsedTime(session.BeganAt) >= MaxAge
            || !current.Users.Contains(session.User);
    }
}
