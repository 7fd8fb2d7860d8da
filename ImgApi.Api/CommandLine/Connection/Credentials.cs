using System.CommandLine;
using System.Security.Cryptography;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Posix;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>Finds the password or the key of a user. None of them is ever an argument, since other users can see those.</summary>
internal static class Credentials
{
    public const string PasswordVariable = "IMGAPI_PASSWORD";

    private const string AnyKeyOfAgent = "agent";
    private const string Fingerprint = "SHA256:";

    /// <summary>The source with the credentials that are known without asking.</summary>
    /// <exception cref="CommandException">The key or the file with the password cannot be used.</exception>
    public static async Task<ImageSource> AddAsync(ServerChoice choice, ParseResult parsed, CancellationToken cancellation)
    {
        if ((parsed.GetValue(ConnectionOptions.Key) ?? choice.Key) is { } key)
        {
            return choice.Source with { Signer = await SignerAsync(choice.User ?? Environment.UserName, key, cancellation) };
        }

        var password = parsed.GetValue(ConnectionOptions.PasswordFile) is { } file ? ReadPassword(file.FullName)
            : Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } variable ? variable
            : choice.Password;
        return (choice.User, password) switch
        {
            (_, null) => choice.Source,
            ({ } user, _) => With(choice.Source, user, password),
            (null, _) when TokenSecret.IsSecret(password) => choice.Source with { Token = password },
            // The variable may be meant for another server.
            _ when parsed.GetValue(ConnectionOptions.PasswordFile) is null => choice.Source,
            _ => throw new CommandException("there is a password, but no user: name the user in the URL, http://USER@HOST"),
        };
    }

    /// <summary>The source with the credentials of its login.</summary>
    /// <exception cref="CommandException">The key cannot be used.</exception>
    public static async Task<ImageSource> OfLoginAsync(ServerChoice choice, CancellationToken cancellation) => choice switch
    {
        { Key: { } key } => choice.Source with { Signer = await SignerAsync(choice.User ?? Environment.UserName, key, cancellation) },
        { User: { } user, Password: { } password } => With(choice.Source, user, password),
        { Password: { } token } when TokenSecret.IsSecret(token) => choice.Source with { Token = token },
        _ => choice.Source,
    };

    /// <summary>Asks the person at the terminal.</summary>
    public static ImageSource Ask(ServerChoice choice)
    {
        var user = choice.User ?? Prompt.Line($"User at {choice.Source}: ");
        return With(choice.Source, user, Prompt.Secret($"Password of {VisibleText.Clean(user)} at {choice.Source}: "));
    }

    public static ImageSource With(ImageSource source, string user, string password) => source with { Credentials = $"{user}:{password}" };

    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the password file {file}: {FileFault.Describe(fault)}");
        }
    }

    private static async Task<IRequestSigner> SignerAsync(string user, string key, CancellationToken cancellation)
    {
        if (key == AnyKeyOfAgent || key.StartsWith(Fingerprint, StringComparison.Ordinal))
        {
            return await AgentSignerAsync(user, key, known => key == AnyKeyOfAgent || known.Fingerprint == key, cancellation);
        }

        try
        {
            var text = await File.ReadAllTextAsync(key, cancellation);
            return SshPrivateKey.TryRead(user, text, () => Passphrase(key))
                ?? await AgentSignerAsync(user, key, known => known.IsKeyOf(PublicLine(key, text)), cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the key {key}: {FileFault.Describe(fault)}");
        }
        catch (CryptographicException fault)
        {
            throw new CommandException($"the key {key}: {fault.Message}");
        }
    }

    private static string PublicLine(string key, string text) =>
        OpenSshKey.IsUsable(text.Trim()) ? text.Trim() : File.Exists(key + ".pub") ? File.ReadAllText(key + ".pub").Trim() : "";

    private static string Passphrase(string key) => Terminal.CanAsk
        ? Prompt.Secret($"Passphrase of {key}: ")
        : throw new CommandException($"the key {key} has a passphrase, and there is no terminal to ask for it: load it with ssh-add {key}");

    private static async Task<IRequestSigner> AgentSignerAsync(
        string user, string key, Func<SshAgentKey, bool> isIt, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is not { Length: > 0 } socket)
        {
            throw new CommandException($"the key {key} needs the ssh-agent, and none is running (SSH_AUTH_SOCK is not set)");
        }

        try
        {
            var agent = new SshAgent(socket);
            return (await agent.ListAsync(cancellation)).FirstOrDefault(isIt) is { } found
                ? agent.Signer(user, found)
                : throw new CommandException($"the ssh-agent does not have the key {key}: load it with ssh-add");
        }
        catch (IOException fault)
        {
            throw new CommandException(fault.Message);
        }
    }
}
