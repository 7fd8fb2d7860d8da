using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// A file with one user's public keys (contract 7.4): one OpenSSH key per line. Empty lines and lines that begin with <c>#</c> are skipped, and
/// with a warning those that are not keys.
/// </summary>
/// <param name="Content">The file, or the target of a link.</param>
internal sealed record KeyFile(string User, FileInfo Content)
{
    // Bytes: thousands of keys.
    private const long MaxSize = 1024 * 1024;

    private const string Extension = ".keys";

    /// <summary>The files of a folder, ordered by name; none for null.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read the folder.</exception>
    public static IEnumerable<KeyFile> List(string? folder) => folder is null
        ? []
        : File.Exists(folder)
        ? throw new IOException("it is a file, not a folder")
        : from file in new DirectoryInfo(folder).EnumerateFiles()
          where file.Name.EndsWith(Extension, StringComparison.Ordinal) && file.Name.Length > Extension.Length
          orderby file.Name
          select new KeyFile(file.Name[..^Extension.Length], Followed(file));

    /// <summary>Reads the keys. Warnings contain the number of a line, never its text.</summary>
    /// <exception cref="IOException">The file cannot be read, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read the file.</exception>
    public IReadOnlyList<PublicKey> Read(ILogger logger)
    {
        if (Content.Length > MaxSize)
        {
            throw new IOException("it is too large for a file of keys");
        }

        var keys = new List<PublicKey>();
        foreach (var (index, line) in File.ReadLines(Content.FullName).Select(line => line.Trim()).Index())
        {
            if (line is "" or ['#', ..])
            {
                continue;
            }

            if (OpenSshKey.TryParse(line, out var key))
            {
                keys.Add(key);
            }
            else
            {
                SecurityLog.LineSkipped(logger, Content.FullName, index + 1);
            }
        }

        return keys;
    }

    /// <summary>The target of a link; the file itself if it is none, or leads nowhere.</summary>
    internal static FileInfo Followed(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
}
