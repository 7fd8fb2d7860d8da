namespace ImgApi.Api.Authentication;

/// <summary>
/// The authorisation policies, one per kind of route (contract 7.1). What each demands depends on the configuration, see
/// <see cref="CredentialsRequirement"/>.
/// </summary>
public static class Policies
{
    /// <summary>Credentials are required: the contract's "strict" routes.</summary>
    public const string Write = nameof(Write);

    /// <summary>Credentials are optional, but wrong ones are refused: the contract's "passive" routes.</summary>
    public const string Read = nameof(Read);

    /// <summary>Credentials are not looked at: the contract's "none" routes. With <c>readAuth</c> they are as others.</summary>
    public const string Content = nameof(Content);

    /// <summary>As <see cref="Content"/>, and open to everyone whatever <c>readAuth</c> says.</summary>
    public const string Job = nameof(Job);

    /// <summary>As <see cref="Read"/>, and for known callers only where anything is hidden from others.</summary>
    public const string Figures = nameof(Figures);

    /// <summary>As <see cref="Read"/>, and open to everyone whatever <c>readAuth</c> says.</summary>
    public const string Ping = nameof(Ping);
}
