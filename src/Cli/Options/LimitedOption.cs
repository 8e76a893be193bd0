using System.CommandLine;
using System.CommandLine.Parsing;
using Google.Protobuf.Reflection;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Cli.Options;

/// <summary>Options that hold a number of the contract: the help shows the limits of the field, and parsing checks them.</summary>
internal static class LimitedOption
{
    /// <summary>Creates an option without a value if it is missing.</summary>
    /// <typeparam name="T">Type of the field.</typeparam>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="field">Field of the contract.</param>
    /// <param name="parse">Parses the text; reports an error if it is no number.</param>
    /// <param name="meaning">What the number means, without a full stop; the limits follow.</param>
    /// <param name="default">What happens if the option is missing, as one or more sentences.</param>
    public static Option<T?> Create<T>(
        string name, FieldDescriptor field, Func<ArgumentResult, T> parse, string meaning, string @default)
        where T : struct => new(name)
        {
            CustomParser = result => Parse(result, name, field, parse),
            Description = $"{meaning}, {LimitText.Range(RequestLimits.Of(field))}. {@default}",
        };

    private static T Parse<T>(ArgumentResult result, string name, FieldDescriptor field, Func<ArgumentResult, T> parse)
        where T : struct
    {
        T value = parse(result);
        if (!result.Errors.Any() && RequestLimits.Check(field, value) is { } violation)
        {
            result.AddError($"{name}: {violation}.");
        }

        return value;
    }
}
