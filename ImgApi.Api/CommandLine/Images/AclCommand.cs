using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi acl list|add|remove IMAGE</c>: the accounts that see a private image.</summary>
internal static class AclCommand
{
    private static readonly Argument<string[]> Accounts = new("account") { Description = "UUIDs of accounts.", Arity = ArgumentArity.OneOrMore };

    public static Command Create() => new("acl", "Show and change which accounts see a private image.")
    {
        ClientCommand.Create("list", "Show the accounts.", ListAsync, ImageFinder.Argument),
        Change("add", "Add accounts.", "Shared", remove: false),
        Change("remove", "Remove accounts.", "Changed", remove: true),
    };

    private static Command Change(string name, string description, string verb, bool remove) => ImageChange.Command(
        name, description, verb, ImageState.Active,
        async (session, image, parsed, cancellation) =>
            (await session.Changes.ChangeAclAsync(image, remove, [.. parsed.GetValue(Accounts)!.Select(Account)], cancellation)).Json,
        Accounts);

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var acl = (await session.FindAsync(parsed.GetValue(ImageFinder.Argument)!, cancellation)).Json.Member("acl");
        if (session.Printer.IsJson)
        {
            session.Printer.Json(acl.IsGiven() ? acl : JsonElement.Parse("[]"));
            return ExitCode.Done;
        }

        foreach (var account in acl.Items())
        {
            session.Printer.Line(account.AsLenientText() ?? "");
        }

        return ExitCode.Done;
    }

    private static Uuid Account(string text) =>
        Uuid.TryParse(text, out var account) ? account : throw new CommandException($"\"{VisibleText.Cut(text)}\" is not the UUID of an account");
}
