namespace TopicGrpc.Server.Hosting;

/// <summary>One section of the configuration and the options that it is bound to.</summary>
/// <param name="Name">Name of the section.</param>
/// <param name="Type">Type of the options.</param>
/// <param name="Read">Binds and validates the options.</param>
internal sealed record OptionsSection(string Name, Type Type, Func<IServiceProvider, object> Read);
