using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.Vault.Migrations
{
    /// <inheritdoc />
    public partial class CredentialMadeFor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "made_for",
                table: "credentials",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_credentials_project_id_made_for",
                table: "credentials",
                columns: new[] { "project_id", "made_for" },
                filter: "made_for is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_credentials_project_id_made_for",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "made_for",
                table: "credentials");
        }
    }
}
