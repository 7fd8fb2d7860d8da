namespace ImgApi.Tests.Support;

/// <summary>Keys of the real <c>ssh-keygen</c>, created once for all tests.</summary>
internal static class SshKeys
{
    /// <summary>Every kind of key that <c>ssh-keygen</c> creates without a hardware token.</summary>
    public static readonly string[] Kinds = ["rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519"];

    private static readonly string Folder = Directory.CreateTempSubdirectory("imgapi-keys-").FullName;
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>The path of the private key with that name: its kind, and a suffix if a test needs several of a kind.</summary>
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

    /// <summary>The public key with that name, as the line that <c>ssh-keygen</c> wrote.</summary>
    public static async Task<string> PublicAsync(string name) => (await File.ReadAllTextAsync(await PrivateAsync(name) + ".pub")).Trim();

    /// <summary>Deletes the private keys.</summary>
    public static void Delete() => Directory.Delete(Folder, recursive: true);
}
