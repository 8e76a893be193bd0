using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace TopicGrpc.Cli.Options;

/// <summary>
/// Parses the numbers of options and arguments. The decimal point is the only separator in every culture: a comma is rejected, because
/// it means a fraction in some countries and thousands in others.
/// </summary>
internal static class NumberParsing
{
    private const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Parses a whole number.</summary>
    public static T Whole<T>(ArgumentResult result)
        where T : struct, IBinaryInteger<T>
    {
        string text = result.Tokens[0].Value;
        return Parse<T>(result, text, NumberStyles.AllowLeadingSign, "a whole number within its range");
    }

    /// <summary>Parses any number of whole numbers.</summary>
    public static int[] WholeNumbers(ArgumentResult result) =>
    [
        .. result.Tokens.Select(token =>
            Parse<int>(result, token.Value, NumberStyles.AllowLeadingSign, "a whole number within its range")),
    ];

    /// <summary>Parses a number with an optional fraction.</summary>
    public static T Number<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        return Parse<T>(result, text, Fraction, "a number with a decimal point");
    }

    /// <summary>Parses a number above 0 and at most 1.</summary>
    public static double Share(ArgumentResult result)
    {
        double value = Number<double>(result);
        if (!result.Errors.Any() && value is not (> 0 and <= 1))
        {
            result.AddError($"{Name(result)}: must be above 0 and at most 1, {result.Tokens[0].Value} given.");
        }

        return value;
    }

    private static T Parse<T>(ArgumentResult result, string text, NumberStyles style, string expected)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{Name(result)}: \"{text}\" is not {expected}.");
        return default;
    }

    private static string Name(ArgumentResult result) =>
        result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
