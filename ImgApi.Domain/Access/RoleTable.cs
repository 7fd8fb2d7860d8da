namespace ImgApi.Domain.Access;

/// <summary>What each role may do. HTTP and the pages ask this table, and docs/security.md shows it.</summary>
public static class RoleTable
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(Right.Read, Role.Read, "read what readAuth hides from strangers"),
        new(Right.Publish, Role.Publish, "create, change or delete images"),
        new(Right.ChangeAny, Role.Manage, "change or delete images that the user did not publish"),
        new(Right.Approve, Role.Manage, "activate images on a server with approval, or approve or reject them"),
        new(Right.Import, Role.Manage, "import images from other servers"),
        new(Right.Jobs, Role.Manage, "see all jobs or cancel them"),
        new(Right.DeleteActive, Role.Admin, "delete an active image that the user did not publish"),
        new(Right.Operate, Role.Admin, "see or change the state of the server, or reload keys"),
    ];

    public static IReadOnlyList<Role> Roles { get; } = Enum.GetValues<Role>();

    public static Row Find(Right right) => Rows.First(row => row.Right == right);

    /// <summary>The name of a role in the configuration and in messages.</summary>
    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of a name; null if there is none.</summary>
    public static Role? Find(string? name) => Roles.Cast<Role?>().FirstOrDefault(role => NameOf(role!.Value) == name);

    /// <summary>The names of all roles, to follow "must be".</summary>
    public static string Choices => $"{string.Join(", ", Roles.SkipLast(1).Select(NameOf))} or {NameOf(Roles[^1])}";

    /// <param name="Least">The first role that has the right; those after it have it too.</param>
    /// <param name="Deed">Completes the phrase "may".</param>
    public sealed record Row(Right Right, Role Least, string Deed);
}
