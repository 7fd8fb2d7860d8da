namespace ImgApi.Domain.Access;

/// <summary>What a request may need. <see cref="RoleTable"/> says which roles have it.</summary>
public enum Right
{
    /// <summary>To see what <c>readAuth</c> hides from strangers.</summary>
    Read,

    /// <summary>To create images, and to change and delete those that the same user published.</summary>
    Publish,

    /// <summary>To change and delete images of all publishers, and those whose publisher is unknown.</summary>
    ChangeAny,

    /// <summary>To activate images although the server demands approval, and to approve and reject those of others.</summary>
    Approve,

    Import,
    Jobs,

    /// <summary>To delete images of other publishers while machines can install them.</summary>
    DeleteActive,

    /// <summary>To see and change the state of the server, and to reload keys.</summary>
    Operate,
}
