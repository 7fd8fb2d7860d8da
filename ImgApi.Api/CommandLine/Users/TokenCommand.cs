using System.CommandLine;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Infrastructure.Users;

namespace ImgApi.Api.CommandLine.Users;

/// <summary><c>imgapi token</c>: creates, lists and revokes the tokens in a users file. A running server takes the changes at once.</summary>
internal static class TokenCommand
{
    private const int MaxNote = 200;

    private static readonly Argument<string> Id = new("id") { Description = "The id of the token, as imgapi token list shows it." };
    private static readonly Option<string?> User = new("--user") { Description = "The user on whose behalf the token acts. Without it: none, and the token acts under its own id.", HelpName = "name" };
    private static readonly Option<string> Note = new("--note") { Description = "What the token is for.", HelpName = "text", DefaultValueFactory = _ => "" };

    public static Command Create(Option<FileInfo?> file) =>
        new("token", "Manage the tokens in the users file of a server: secrets for programs, in place of passwords.")
        {
            UsersCommand.Create(
                "create", "Create a token and print it, once. It has at most the role of its user.", file, CreateToken,
                UsersCommand.Role, TokenExpiry.Option, Note, User),
            UsersCommand.Create("list", "List the tokens, without the secrets.", file, List),
            UsersCommand.Create("revoke", "Revoke a token, at once and for ever.", file, Revoke, Id),
        };

    private static void CreateToken(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var (user, note) = (parsed.GetValue(User), parsed.GetValue(Note)!);
        var role = RoleFor(target, user, parsed.GetValue(UsersCommand.Role));
        if (note.Length > MaxNote || VisibleText.Clean(note) != note)
        {
            throw new CommandException($"--note must have at most {MaxNote} characters, all of them visible");
        }

        var secret = TokenSecret.Create();
        var token = new AccessToken(
            AccessToken.NewId(), TokenSecret.HashOf(secret), user, role, note, TimeProvider.System.GetUtcNow(), parsed.GetValue(TokenExpiry.Option)!.At, RevokedAt: null);
        target.File.AddToken(token);
        if (printer.IsJson)
        {
            var json = Json(token, lastUse: null);
            json["token"] = secret;
            printer.Json(json);
            return;
        }

        printer.Line(secret);
        printer.Flush();
        var expiry = token.ExpiresAt is { } at ? $"expires at {Timestamp.From(at)}" : "never expires";
        printer.Note($"imgapi: {token.Id}, role {RoleTable.NameOf(role)}, {expiry}. The token is not shown again: keep it now.");
    }

    private static Role RoleFor(UsersTarget target, string? user, Role? wanted)
    {
        if (user is null)
        {
            return wanted ?? throw new CommandException("a token without --user needs --role");
        }

        var most = target.RoleOf(user) ?? throw new UsersEditException($"there is no user \"{VisibleText.Cut(user)}\"");
        return wanted is null || wanted <= most
            ? wanted ?? most
            : throw new UsersEditException($"{VisibleText.Cut(user)} has the role {RoleTable.NameOf(most)}, and a token cannot have more");
    }

    private static void List(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var tokens = target.File.Read().Tokens;
        var uses = target.Configuration is { } configuration ? new TokenUseFile(configuration.DataFolder).Read() : new Dictionary<string, DateTimeOffset>();
        DateTimeOffset? LastUse(AccessToken token) => uses.TryGetValue(token.Id, out var at) ? at : null;
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. tokens.Select(token => Json(token, LastUse(token)))]));
            return;
        }

        if (printer.IsQuiet)
        {
            tokens.ToList().ForEach(token => printer.Line(token.Id));
            return;
        }

        var table = new Table(
            new Column("ID"), new Column("USER"), new Column("ROLE"), new Column("STATE"), new Column("CREATED"), new Column("EXPIRES"),
            new Column("LAST USE"), new Column("NOTE", MayWrap: true));
        foreach (var token in tokens)
        {
            table.Add(
                token.Id, token.User ?? "", RoleTable.NameOf(token.Role), State(token), Text(token.CreatedAt), Text(token.ExpiresAt), Text(LastUse(token)), token.Note);
        }

        printer.Table(table);
    }

    private static void Revoke(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var id = parsed.GetValue(Id)!;
        target.File.RevokeToken(id, TimeProvider.System.GetUtcNow());
        printer.Result(new JsonObject { ["id"] = id }, id, $"Revoked {id}");
    }

    private static JsonObject Json(AccessToken token, DateTimeOffset? lastUse) => new()
    {
        ["id"] = token.Id,
        ["user"] = token.User,
        ["role"] = RoleTable.NameOf(token.Role),
        ["state"] = State(token),
        ["note"] = token.Note,
        ["created"] = Text(token.CreatedAt),
        ["expires"] = token.ExpiresAt is null ? null : Text(token.ExpiresAt),
        ["lastUse"] = lastUse is null ? null : Text(lastUse),
    };

    private static string State(AccessToken token) =>
        token.RevokedAt is not null ? "revoked" : token.Ended(TimeProvider.System.GetUtcNow()) is not null ? "expired" : "valid";

    private static string Text(DateTimeOffset? time) => time is { } given ? Timestamp.From(given).Text : "";
}
