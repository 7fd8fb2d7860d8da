namespace ImgApi.Domain.Access;

/// <summary>The kinds of public keys.</summary>
public enum KeyKind
{
    /// <summary>RSA; signatures are PKCS #1 v1.5.</summary>
    Rsa,

    /// <summary>DSA; old, and no longer made by OpenSSH.</summary>
    Dsa,

    /// <summary>ECDSA over a NIST curve; signatures are DER.</summary>
    Ecdsa,

    /// <summary>Ed25519; signatures are 64 bytes.</summary>
    Ed25519,
}
