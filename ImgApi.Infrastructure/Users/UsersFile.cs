using System.Text;
using System.Text.Json.Nodes;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.Users;

/// <summary>A users file: read by the server and the commands, changed by the commands.</summary>
/// <param name="path">A full path. If it is a link, its target is read and replaced.</param>
public sealed class UsersFile(string path)
{
    // Bytes: far more than 10,000 users and tokens need.
    private const long MaxSize = 16 * 1024 * 1024;

    /// <summary>Reads the file; a missing one has no users.</summary>
    /// <exception cref="FormatException">It is not a users file; the message says why, and shows no secret.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read it.</exception>
    public UsersContent Read() => ReadBytes() is { } bytes ? UsersContent.Parse(bytes) : UsersContent.Empty;

    /// <inheritdoc cref="Change"/>
    public void AddUser(UserAccount user) => Change((content, text) =>
    {
        if (content.Users.Any(other => other.Name == user.Name))
        {
            throw new UsersEditException($"there is a user \"{user.Name}\" already");
        }

        text.Add(UsersContent.UserList, new JsonObject { ["name"] = user.Name, ["password"] = user.PasswordHash, ["role"] = RoleTable.NameOf(user.Role) });
    });

    /// <inheritdoc cref="Change"/>
    public void SetPassword(string user, string hash) =>
        Change((content, text) => text.Set(UsersContent.UserList, IndexOf(content, user), "password", hash));

    /// <inheritdoc cref="Change"/>
    public void SetRole(string user, Role role) =>
        Change((content, text) => text.Set(UsersContent.UserList, IndexOf(content, user), "role", RoleTable.NameOf(role)));

    /// <param name="quota">See <see cref="UserAccount.Quota"/>.</param>
    /// <inheritdoc cref="Change"/>
    public void SetQuota(string user, long? quota) =>
        Change((content, text) => text.Set(UsersContent.UserList, IndexOf(content, user), "quota", quota));

    /// <summary>Removes a user and the user's tokens.</summary>
    /// <inheritdoc cref="Change"/>
    public void RemoveUser(string user) => Change((content, text) =>
    {
        text.Remove(UsersContent.UserList, IndexOf(content, user));
        foreach (var (index, _) in content.Tokens.Index().Where(token => token.Item.User == user).Reverse())
        {
            text.Remove(UsersContent.TokenList, index);
        }
    });

    /// <inheritdoc cref="Change"/>
    public void AddToken(AccessToken token) => Change((_, text) =>
    {
        var entry = new JsonObject { ["id"] = token.Id, ["hash"] = token.Hash };
        foreach (var (name, value) in new[] { ("user", token.User), ("role", RoleTable.NameOf(token.Role)), ("note", token.Note), ("created", Text(token.CreatedAt)), ("expires", Text(token.ExpiresAt)) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                entry[name] = value;
            }
        }

        text.Add(UsersContent.TokenList, entry);
    });

    /// <summary>Revokes a token. A revoked one stays as it is.</summary>
    /// <inheritdoc cref="Change"/>
    public void RevokeToken(string id, DateTimeOffset now) => Change((content, text) =>
    {
        var index = content.Tokens.Index().FirstOrDefault(token => token.Item.Id == id, (-1, null!)).Index;
        if (index < 0)
        {
            throw new UsersEditException($"there is no token \"{id}\"");
        }

        if (content.Tokens[index].RevokedAt is null)
        {
            text.Set(UsersContent.TokenList, index, "revoked", Text(now)!);
        }
    });

    /// <summary>The bytes without a byte order mark; null if there is no such file.</summary>
    internal byte[]? ReadBytes()
    {
        try
        {
            if (new FileInfo(Target()) is { Exists: true, Length: > MaxSize })
            {
                throw new IOException("it is too large for a users file");
            }

            var bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static string? Text(DateTimeOffset? time) => time is { } given ? Timestamp.From(given).Text : null;

    private string Target() => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static int IndexOf(UsersContent content, string user) =>
        content.Users.Index().FirstOrDefault(entry => entry.Item.Name == user, (-1, null!)).Index is >= 0 and var index
            ? index
            : throw new UsersEditException($"there is no user \"{user}\"");

    /// <summary>Changes the file durably, or creates it. Changes of several processes wait for each other.</summary>
    /// <exception cref="UsersEditException">There is no such user or token, or a user of that name already; nothing is changed.</exception>
    /// <exception cref="FormatException">It is not a users file.</exception>
    /// <exception cref="IOException">It cannot be read or written; the old one stays.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read or write it.</exception>
    private void Change(Action<UsersContent, UsersText> edit)
    {
        var target = Target();
        using var held = FolderLock.Acquire(Path.GetDirectoryName(target)!);
        var text = new UsersText(ReadBytes() ?? UsersText.Empty);
        edit(UsersContent.Parse(text.Bytes), text);
        // Never replaces a file by one that the server would refuse.
        UsersContent.Parse(text.Bytes);
        SecretFile.Replace(target, text.Bytes);
    }
}

/// <summary>An edit of a users file is not possible.</summary>
/// <param name="message">The reason, without a full stop.</param>
public sealed class UsersEditException(string message) : Exception(message);
