namespace ImgApi.Api.Contracts;

/// <summary>Query parameters that an action takes as one object. A property's parameter has its name in snake case.</summary>
internal abstract class QueryParameters;
