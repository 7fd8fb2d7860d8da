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
    private readonly ILogger<CurrentUsers> _logger;
    private readonly UsersFileWatch? _file;
    private readonly Lock _changing = new();
    private ServerConfiguration _configured;
    private UsersContent _content = UsersContent.Empty;

    /// <exception cref="IOException">The users file cannot be used; the message is for the operator.</exception>
    public CurrentUsers(CurrentConfiguration current, IServiceProvider services, TimeProvider clock, ILogger<CurrentUsers> logger)
    {
        (_current, _services, _logger, _configured) = (current, services, logger, current.Value);
        if (_configured is not { HasTokens: true, UsersFile: { } path })
        {
            return;
        }

        _file = new UsersFileWatch(path, clock);
        _file.Read();
        Load();
        if (Fault is not null)
        {
            throw new IOException($"cannot use the users file {path}: {Fault}");
        }
    }

    /// <summary>Why the users file cannot be used, without its path; null if it can, or there is none.</summary>
    public string? Fault { get; private set; }

    /// <summary>The users of configuration and users file.</summary>
    /// <exception cref="FormatException">A user is in both; the message is for the operator.</exception>
    public static ServerConfiguration With(ServerConfiguration configuration, UsersContent content)
    {
        var taken = configuration.Users.Select(user => user.Name).Concat(configuration.Roles.Keys).ToHashSet(StringComparer.Ordinal);
        if (content.Users.FirstOrDefault(user => taken.Contains(user.Name)) is { } twice)
        {
            throw new FormatException($"the user \"{twice.Name}\" is also in \"{(configuration.Roles.ContainsKey(twice.Name) ? "roles" : "userdb")}\" of the configuration: remove one of them");
        }

        return configuration with
        {
            Users = [.. configuration.Users, .. content.Users.Select(user => new UserEntry(user.Name, user.PasswordHash) { Role = user.Role })],
        };
    }

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
                throw new ConfigurationException(next.Source?.File ?? "", [problem.Message]);
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
        }

        Fault = fault;
    }

    private void Put(ServerConfiguration configured, UsersContent content)
    {
        var next = With(configured, content);
        _current.Change(before => before with { Roles = LowerRoles(before, next) });
        _services.GetRequiredService<IUserPasswords>().Replace(next.Users.Select(user => KeyValuePair.Create(user.Name, user.Password)));
        _services.GetRequiredService<AccessTokens>().Replace(content.Tokens);
        _current.Change(before => before with { Users = next.Users, Keys = next.Keys, Roles = next.Roles });
        (_configured, _content) = (configured, content);
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
