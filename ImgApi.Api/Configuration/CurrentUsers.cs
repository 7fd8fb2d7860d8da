using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.Users;

namespace ImgApi.Api.Configuration;

/// <summary>
/// Puts users, keys, roles and tokens in force: those of the configuration, and those of the users file, which is checked at each use. A users
/// file that cannot be used changes nothing.
/// </summary>
internal sealed partial class CurrentUsers
{
    private readonly CurrentConfiguration _current;
    private readonly IServiceProvider _services;
    private readonly IAuditLog _audit;
    private readonly ILogger<CurrentUsers> _logger;
    private readonly UsersFileWatch? _file;
    private readonly Lock _changing = new();
    private ServerConfiguration _configured;
    private UsersContent _content = UsersContent.Empty;
    private readonly bool _isStarted;

    /// <exception cref="IOException">The users file cannot be used; the message is for the operator.</exception>
    public CurrentUsers(CurrentConfiguration current, IServiceProvider services, IAuditLog audit, TimeProvider clock, ILogger<CurrentUsers> logger)
    {
        (_current, _services, _audit, _logger, _configured) = (current, services, audit, logger, current.Value);
        if (_configured is { HasTokens: true, UsersFile: { } path })
        {
            _file = new UsersFileWatch(path, clock);
            _file.Read();
            Load();
            if (Fault is not null)
            {
                throw new IOException($"cannot use the users file {path}: {Fault}");
            }
        }

        _isStarted = true;
    }

    /// <summary>Why the users file cannot be used, without its path; null if it can, or there is none.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the users file again if it has changed. For each use of credentials.</summary>
    public void Refresh()
    {
        if (_file?.IsUpToDate != false)
        {
            return;
        }

        lock (_changing)
        {
            if (_file.Read())
            {
                Load();
            }
        }
    }

    /// <summary>Replaces users, keys and roles of the configuration.</summary>
    /// <exception cref="ConfigurationException">A user is also in the users file; nothing is changed.</exception>
    public void Replace(ServerConfiguration next)
    {
        lock (_changing)
        {
            _file?.Read();
            Load();
            try
            {
                Put(next, _content);
            }
            catch (FormatException problem)
            {
                throw new ConfigurationException(next.Source?.Name ?? "", [problem.Message]);
            }

            _services.GetRequiredService<IUserKeys>().Replace(next.Keys);
            // The file may be usable with this configuration.
            Load();
        }
    }

    private void Load()
    {
        var fault = _file?.Fault;
        try
        {
            if (_file is { Fault: null } && _file.Content != _content)
            {
                Put(_configured, _file.Content);
                LogLoaded(_content.Users.Count, _content.Tokens.Count);
            }
        }
        catch (FormatException problem)
        {
            fault = problem.Message;
        }

        if (fault is not null && fault != Fault)
        {
            LogFault(fault);
            Record([AuditEvent.By(new Cause("RefuseUsersFile")).Because(fault)]);
        }

        Fault = fault;
    }

    private void Put(ServerConfiguration configured, UsersContent content)
    {
        var next = MergedUsers.Of(configured, content);
        var changes = UserChanges.Between(_current.Value.Users, next.Users, _content.Tokens, content.Tokens).ToArray();
        _current.Change(before => before with { Roles = LowerRoles(before, next) });
        _services.GetRequiredService<IUserPasswords>().Replace(next.Users.Select(user => KeyValuePair.Create(user.Name, user.Password)));
        _services.GetRequiredService<AccessTokens>().Replace(content.Tokens);
        _current.Change(before => before with { Users = next.Users, Keys = next.Keys, Roles = next.Roles });
        (_configured, _content) = (configured, content);
        Record(changes);
    }

    /// <summary>Records what happens while the server runs. What is in force at the start is no change.</summary>
    private void Record(IEnumerable<AuditEvent> events)
    {
        foreach (var one in events.Where(_ => _isStarted))
        {
            _audit.Note(one);
        }
    }

    /// <summary>
    /// The roles while the credentials are replaced. A user without a role is an administrator, so the role must be known before the credentials
    /// are, and forgotten after them.
    /// </summary>
    private static Dictionary<string, Role> LowerRoles(ServerConfiguration before, ServerConfiguration next)
    {
        var users = new[] { before, next }.SelectMany(one => one.Users.Select(user => user.Name).Concat(one.Roles.Keys)).Distinct();
        return users.ToDictionary(user => user, user => (Role)Math.Min((int)before.RoleOf(user), (int)next.RoleOf(user)), StringComparer.Ordinal);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the users file cannot be used, and the previous users stay in force: {Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "the users file is in force: {Users} users, {Tokens} tokens")]
    private partial void LogLoaded(int users, int tokens);
}
