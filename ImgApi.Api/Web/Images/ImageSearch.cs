namespace ImgApi.Api.Web.Images;

/// <summary>
/// A search on the page of images. Its parameters are those of the API's list, read by the same code, and <c>q</c> with words. A form
/// sends all its fields, so empty ones are ignored.
/// </summary>
internal sealed class ImageSearch
{
    /// <summary>The parameter with words.</summary>
    public const string Text = "q";

    private ImageSearch(WireQuery parameters, ImageQuery query) => (Parameters, Query) = (parameters, query);

    public WireQuery Parameters { get; }

    /// <summary>Selects the images of the page and of all that follow.</summary>
    public ImageQuery Query { get; }

    /// <summary>Whether it has no condition.</summary>
    public bool IsEmpty => Parameters.Values.Values.All(values => values.All(string.IsNullOrEmpty));

    /// <summary>
    /// Reads the search of a request. Without a state, callers see images in all states that they may see. Without a channel they see the default
    /// channel, or all if there is none.
    /// </summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>, <c>ValidationFailed</c>.</exception>
    public static ImageSearch Of(WireQuery parameters, Caller caller, ServerRules rules)
    {
        var channel = rules.Channels.Resolve(Given("channel") ?? rules.Channels.Default?.Name ?? ChannelSet.Every, allowsEvery: true);
        var query = ListQueryReader.Read(
            new ListImagesParameters
            {
                State = Given("state") ?? (caller.IsTrusted ? "all" : null),
                Name = Given("name"),
                Version = Given("version"),
                Os = Given("os"),
                Type = Given("type"),
                Owner = Given("owner"),
                Public = Given("public"),
                Account = Given("account"),
                BillingTag = [.. parameters.Values.GetValueOrDefault("billing_tag").OfType<string>().Where(tag => tag.Length > 0)],
                Marker = Given("marker"),
            },
            parameters,
            caller.IsTrusted);
        return new ImageSearch(
            parameters, query with { Channel = channel, HidesPrivate = caller.HidesPrivate, Words = TextSearch.Words(parameters.Text(Text)) });

        string? Given(string name) => Binding.Parameters.Given(parameters.Text(name));
    }

    /// <summary>The URL of the page with other values for some parameters; null removes one. It begins on the first page.</summary>
    public string Link(params (string Name, string? Value)[] changes)
    {
        var kept = from parameter in Parameters.Values
                   where parameter.Key != "marker" && changes.All(change => change.Name != parameter.Key)
                   from value in parameter.Value
                   where !string.IsNullOrEmpty(value)
                   select KeyValuePair.Create(parameter.Key, value);
        var set = changes.Where(change => change.Value is not null).Select(change => KeyValuePair.Create(change.Name, change.Value!));
        return "/" + QueryString.Create(kept.Concat(set)!);
    }
}
