using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// A file of one user's public keys (contract 7.4): one OpenSSH key a line; empty lines and lines that begin with
/// <c>#</c> are skipped, and with a warning those that hold no key.
/// </summary>
/// <param name="User">Whose keys they are.</param>
/// <param name="Content">The file itself; where the name in the folder is a link, what that leads to.</param>
internal sealed record KeyFile(string User, FileInfo Content)
{
    // Thousands of keys; what is larger is no file of keys.
    private const long MaxSize = 1024 * 1024;

    private const string Extension = ".keys";

    /// <summary>The files of a folder in the order of their names.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IEnumerable<KeyFile> List(string? folder) => folder is null
        ? []
        : File.Exists(folder)
        ? throw new IOException("it is a file, not a folder")
        : from file in new DirectoryInfo(folder).EnumerateFiles()
          where file.Name.EndsWith(Extension, StringComparison.Ordinal) && file.Name.Length > Extension.Length
          orderby file.Name
          select new KeyFile(file.Name[..^Extension.Length], Followed(file));

    /// <summary>The keys in the file.</summary>
    /// <param name="logger">Told about lines that hold no key: file and line number, never what is in it.</param>
    /// <exception cref="IOException">The file cannot be read, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public IReadOnlyList<PublicKey> Read(ILogger logger)
    {
        if (Content.Length > MaxSize)
        {
            throw new IOException("it is too large for a file of keys");
        }

        var keys = new List<PublicKey>();
        var number = 0;
        foreach (var line in File.ReadLines(Content.FullName).Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (OpenSshKey.TryParse(line, out var key))
            {
                keys.Add(key);
            }
            else
            {
                SecurityLog.LineSkipped(logger, Content.FullName, number);
            }
        }

        return keys;
    }

    private static FileInfo Followed(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
}
