using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Security;
using ImgApi.Infrastructure.Users;

namespace ImgApi.Api.CommandLine.Users;

/// <summary><c>imgapi user</c>: edits the users in a users file. A running server takes the changes at once.</summary>
internal static class UserCommand
{
    public const string Name = "user";

    private static readonly Argument<string> User = new("name") { Description = "The name of the user." };
    private static readonly Argument<string> NewRole = new("role") { Description = $"The new role: {RoleTable.Choices}." };

    private static readonly Argument<UserQuota> NewQuota = new("size")
    {
        Description = "Bytes that the files of the user's images may take, such as 10g or 500 MiB, or none for no limit.",
        CustomParser = UserQuota.Read,
    };

    public static Command Create(Option<FileInfo?> file)
    {
        NewRole.AcceptOnlyFromAmong([.. RoleTable.Roles.Select(RoleTable.NameOf)]);
        return new Command(Name, "Manage the users in the users file of a server, which takes changes at once.")
        {
            UsersCommand.Create("add", "Add a user, by default with the role publish. Asks for the password, or reads one line of standard input.", file, Add, User, UsersCommand.Role),
            UsersCommand.Create("passwd", "Change the password of a user, and end the user's sessions.", file, ChangePassword, User),
            UsersCommand.Create("role", "Change the role of a user.", file, ChangeRole, User, NewRole),
            UsersCommand.Create("quota", "Limit the bytes of the files of the images that a user published.", file, ChangeQuota, User, NewQuota),
            UsersCommand.Create("remove", "Remove a user and the user's tokens.", file, Remove, User),
            UsersCommand.Create("list", "List the users.", file, List),
        };
    }

    private static void Add(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var (name, role) = (parsed.GetValue(User)!, parsed.GetValue(UsersCommand.Role) ?? Role.Publish);
        if (!UserAccount.IsName(name))
        {
            throw new CommandException("the name of a user must not be empty, nor have colons or invisible characters");
        }

        if (target.RoleOf(name) is not null || target.Configuration?.Roles.ContainsKey(name) == true)
        {
            throw new UsersEditException($"there is a user \"{VisibleText.Cut(name)}\" already, in the users file or in \"userdb\" or \"roles\" of the configuration");
        }

        target.File.AddUser(new UserAccount(name, PasswordHash.Create(NewPassword.Read()).ToString(), role));
        Print(printer, name, role, "Added");
    }

    private static void ChangePassword(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var name = parsed.GetValue(User)!;
        EnsureKnown(target, name);
        target.File.SetPassword(name, PasswordHash.Create(NewPassword.Read()).ToString());
        printer.Result(new JsonObject { ["name"] = name }, name, $"Changed the password of {name}");
    }

    private static void ChangeRole(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var (name, role) = (parsed.GetValue(User)!, RoleTable.Find(parsed.GetValue(NewRole))!.Value);
        EnsureKnown(target, name);
        target.File.SetRole(name, role);
        Print(printer, name, role, "Changed");
    }

    private static void ChangeQuota(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var (name, quota) = (parsed.GetValue(User)!, parsed.GetValue(NewQuota)!);
        EnsureKnown(target, name);
        target.File.SetQuota(name, quota.Bytes);
        printer.Result(new JsonObject { ["name"] = name, ["quota"] = quota.Bytes }, name, $"Changed {name}, quota {quota}");
    }

    private static void Remove(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var name = parsed.GetValue(User)!;
        EnsureKnown(target, name);
        if (target.HasKeys(name))
        {
            throw new UsersEditException($"\"{VisibleText.Cut(name)}\" has keys, which would stay valid, with the role admin: remove them from \"authKeys\" or \"authKeysDir\" first");
        }

        target.File.RemoveUser(name);
        printer.Result(new JsonObject { ["name"] = name }, name, $"Removed {name}");
    }

    private static void List(Printer printer, ParseResult parsed, UsersTarget target)
    {
        var content = target.File.Read();
        var rows = content.Users.Select(user => (user.Name, Role: RoleTable.NameOf(user.Role), user.Quota, Tokens: content.Tokens.Count(token => token.User == user.Name)));
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. rows.Select(row => new JsonObject { ["name"] = row.Name, ["role"] = row.Role, ["quota"] = row.Quota, ["tokens"] = row.Tokens })]));
            return;
        }

        if (printer.IsQuiet)
        {
            content.Users.ToList().ForEach(user => printer.Line(user.Name));
            return;
        }

        var table = new Table(new Column("NAME"), new Column("ROLE"), new Column("QUOTA"), new Column("TOKENS", IsNumber: true));
        foreach (var (name, role, quota, tokens) in rows)
        {
            table.Add(name, role, new UserQuota(quota).ToString(), tokens.ToString(CultureInfo.InvariantCulture));
        }

        printer.Table(table);
    }

    private static void Print(Printer printer, string name, Role role, string verb) => printer.Result(
        new JsonObject { ["name"] = name, ["role"] = RoleTable.NameOf(role) }, name, $"{verb} {name}, role {RoleTable.NameOf(role)}");

    /// <summary>Refuses before a password is asked for.</summary>
    private static void EnsureKnown(UsersTarget target, string name)
    {
        if (target.File.Read().Users.All(user => user.Name != name))
        {
            var isElsewhere = target.Configuration?.Users.Any(user => user.Name == name) == true;
            throw new UsersEditException($"there is no user \"{VisibleText.Cut(name)}\" in the users file{(isElsewhere ? ", but in \"userdb\" of the configuration: edit it there" : "")}");
        }
    }
}
