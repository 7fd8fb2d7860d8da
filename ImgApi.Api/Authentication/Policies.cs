namespace ImgApi.Api.Authentication;

/// <summary>The authorization policies of the routes. <see cref="CredentialsRequirement"/> defines what they demand.</summary>
internal static class Policies
{
    /// <summary>Credentials are required ("strict" in contract 7.1). Actions name it with a right, by <see cref="NeedsAttribute"/>.</summary>
    public const string Write = nameof(Write);

    /// <summary>Credentials are optional, but wrong ones are refused ("passive").</summary>
    public const string Read = nameof(Read);

    /// <summary>Files, icons and lists of jobs: credentials are ignored ("none"), unless <c>readAuth</c> restricts reads.</summary>
    public const string Content = nameof(Content);

    /// <summary>As <see cref="Content"/>, but available to strangers with every <c>readAuth</c>.</summary>
    public const string Job = nameof(Job);

    /// <summary>As <see cref="Read"/>, but for users only if <c>readAuth</c> hides anything from strangers.</summary>
    public const string Metrics = nameof(Metrics);

    /// <summary>As <see cref="Read"/>, but available to strangers with every <c>readAuth</c>.</summary>
    public const string Ping = nameof(Ping);
}
