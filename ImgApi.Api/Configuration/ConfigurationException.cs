namespace ImgApi.Api.Configuration;

/// <summary>The configuration cannot be used. The message is for the operator and lists every problem.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates a message that lists all problems.</summary>
    /// <param name="file">The configuration file.</param>
    /// <param name="problems">Sentences without a full stop.</param>
    public ConfigurationException(string file, IReadOnlyList<string> problems)
        : base($"cannot use the configuration {file}:\n" + string.Join('\n', problems.Select(problem => "  - " + problem))) =>
        Problems = problems;

    /// <summary>Sentences without a full stop.</summary>
    public IReadOnlyList<string> Problems { get; }
}
