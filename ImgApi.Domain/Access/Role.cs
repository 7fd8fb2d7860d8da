namespace ImgApi.Domain.Access;

/// <summary>The role of a user. Each may do what the roles before it may, and more, see <see cref="RoleTable"/>.</summary>
public enum Role
{
    Read,
    Publish,
    Manage,
    Admin,
}
