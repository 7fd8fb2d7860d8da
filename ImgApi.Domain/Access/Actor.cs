namespace ImgApi.Domain.Access;

/// <summary>The user on whose behalf a request is processed.</summary>
/// <param name="User">Null for strangers, and with authentication switched off.</param>
/// <param name="Role">Null for strangers, who have no rights.</param>
public sealed record Actor(string? User, Role? Role)
{
    public static readonly Actor Stranger = new(User: null, Role: null);

    public bool May(Right right) => Role >= RoleTable.Find(right).Least;

    /// <exception cref="ImgApiException"><c>NotAuthorized</c>, which says which roles have the right.</exception>
    public void Ensure(Right right)
    {
        if (!May(right))
        {
            var (_, least, deed) = RoleTable.Find(right);
            var who = Role is { } role ? $"the role {RoleTable.NameOf(role)}" : "a stranger";
            string[] others = [.. RoleTable.Roles.Where(other => other >= least).Select(RoleTable.NameOf)];
            var all = others.Length == 1 ? others[0] : $"{string.Join(", ", others[..^1])} and {others[^1]}";
            throw new ImgApiException(ErrorCode.NotAuthorized, $"{who} may not {deed}; {all} may");
        }
    }
}
