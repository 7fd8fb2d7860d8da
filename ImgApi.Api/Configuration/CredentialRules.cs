using FluentValidation;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>The rules for one entry of <c>userdb</c>.</summary>
internal sealed class UserEntryValidator : AbstractValidator<UserEntry>
{
    // How hashes of other programs begin. Taken for passwords in clear text they would work as such: who has seen the
    // hash could log in with it.
    private static readonly string[] ForeignHashes = ["$argon2", "$scrypt$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$pbkdf2"];

    // Of support-files/config.json: a password that everybody knows must not become one that works.
    private const string SamplePassword = "CHANGE THIS PASSWORD";

    /// <summary>The rules.</summary>
    public UserEntryValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        this.Key(user => user.Name, name => name.Length > 0);
        this.Key(user => user.Name, name => !name.Contains(':', StringComparison.Ordinal)).WithMessage("must not contain a colon");
        this.Key(user => user.Password, password => password.Length > 0);
        this.Key(user => user.Password, password => password != SamplePassword)
            .WithMessage("is the sample's: replace it by one of your own, or by its hash from imgapi hash-password");
        this.Key(user => user.Password, password => PasswordHash.TryParse(password, out _) || !ForeignHashes.Any(prefix => password.StartsWith(prefix, StringComparison.Ordinal)))
            .WithMessage("looks like a hash of another program: make one with imgapi hash-password");
    }
}

/// <summary>The rules for keys about credentials that contradict each other, and for public keys.</summary>
internal sealed class CredentialsValidator : AbstractValidator<ServerConfiguration>
{
    /// <summary>The rules.</summary>
    public CredentialsValidator()
    {
        RuleFor(to => to.Authentication)
            .Must((to, kinds) => to.HasKeys || !kinds.HasFlag(AuthenticationKind.Signature))
            .WithMessage((_, kinds) => $"is {kinds.ToString().ToLowerInvariant()}, but there are no keys: set \"authKeys\" or \"authKeysDir\"")
            .OverridePropertyName("authType");
        RuleFor(to => to.ReadAccess)
            .Must((to, access) => access == ReadAccess.Open || to.Authentication != AuthenticationKind.None)
            .WithMessage("asks for credentials, but \"authType\" is none: remove one of them")
            .OverridePropertyName("readAuth");
        RuleFor(to => to.Authentication)
            .Must((to, kinds) => kinds != AuthenticationKind.None || to.AllowOpenWrites || OwnNetwork.Has(to.Address, OwnNetwork.OfThisMachine()))
            .WithMessage(to => $"is none and \"address\" is {to.Address}, so everyone who reaches this machine could change its images: "
                + "set \"address\" to a loopback or private address, or, if that is meant, \"allowOpenWrites\" to true")
            .OverridePropertyName("authType");
        RuleFor(to => to.Keys).Custom((keys, context) =>
        {
            foreach (var (user, index) in from user in keys
                                          from key in (user.Value ?? []).Index()
                                          where key.Item is not null && !OpenSshKey.IsUsable(key.Item)
                                          select (user.Key, key.Index))
            {
                context.AddFailure("authKeys", $"has a key that cannot be used: key {index + 1} of \"{user}\" is not an OpenSSH public key that this server can use");
            }
        });
    }
}
