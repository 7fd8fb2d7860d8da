namespace ImgApi.Tests.Support;

/// <summary>Keys made by the real <c>ssh-keygen</c>, each kind once for all tests; private keys are files.</summary>
internal static class SshKeys
{
    /// <summary>Every kind of key that <c>ssh-keygen</c> makes for software.</summary>
    public static readonly string[] Kinds = ["rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519"];

    private static readonly string Folder = Directory.CreateTempSubdirectory("imgapi-keys-").FullName;
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>File of the private key of that name; it begins with the kind, and what follows tells keys of a kind apart.</summary>
    public static async Task<string> PrivateAsync(string name)
    {
        var program = Tools.Require("ssh-keygen", "openssh-client");
        var file = Path.Combine(Folder, name);
        await One.WaitAsync();
        try
        {
            if (!File.Exists(file))
            {
                var words = name.Split('-');
                string[] size = words[0] == "ecdsa" ? ["-b", words[1]] : [];
                var (code, _, error) = await Tools.RunAsync(
                    program, ["-q", "-t", words[0], .. size, "-N", "", "-C", "a comment", "-f", file]);
                Assert.That(code, Is.Zero, error);
            }
        }
        finally
        {
            One.Release();
        }

        return file;
    }

    /// <summary>The public key of that name as the line that <c>ssh-keygen</c> wrote.</summary>
    public static async Task<string> PublicAsync(string name) => (await File.ReadAllTextAsync(await PrivateAsync(name) + ".pub")).Trim();

    /// <summary>Deletes the private keys.</summary>
    public static void Delete() => Directory.Delete(Folder, recursive: true);
}
