using Rapida.Deployments.Providers;

namespace Rapida.Deployments.Tests;

/// <summary>Options are kept in clear: what looks like a secret is refused.</summary>
public sealed class ProviderChoiceTests
{
    [Theory]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("openai.api-key")]
    [InlineData("APIKEY")]
    [InlineData("key")]
    [InlineData("auth_token")]
    [InlineData("accessToken")]
    [InlineData("Authorization")]
    [InlineData("client_secret")]
    [InlineData("secret_access_key")]
    [InlineData("password2.password")]
    [InlineData("credentials")]
    public void An_option_that_looks_like_a_secret_is_refused_with_where_it_belongs(string name)
    {
        Assert.False(Parse(name).TryGet(out _, out var problem));

        Assert.Equal("language_model_option_secret", problem.Code);
        Assert.Contains($"language_model.options.{name} looks like a secret", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("name it in language_model.credential_id", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("value", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("max_tokens")]
    [InlineData("maxCompletionTokens")]
    [InlineData("token_limit")]
    [InlineData("keywords")]
    [InlineData("prompt_cache_key")]
    [InlineData("secretary")]
    [InlineData("monkey")]
    public void Others_are_not(string name) => Assert.True(Parse(name).TryGet(out _, out _));

    private static ServiceDefaults.Problems.Result<ProviderChoice?> Parse(string name) => ProviderChoice.Parse(
        "language_model", new ProviderSettings("openai", new Dictionary<string, string> { [name] = "value" }, CredentialId: null));
}
